// Reads all counters at a stats socket with govpp's DumpStats, so many times, and prints how long each took.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strconv"
	"time"

	"go.fd.io/govpp/adapter/statsclient"
)

type reads struct {
	Ms      []float64 `json:"ms"`
	Entries int       `json:"entries"`
}

func main() {
	times, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	client := statsclient.NewStatsClient(os.Args[1])
	if err := client.Connect(); err != nil {
		log.Fatal(err)
	}
	var result reads
	for range times {
		start := time.Now()
		entries, err := client.DumpStats()
		if err != nil {
			log.Fatal(err)
		}
		result.Ms = append(result.Ms, float64(time.Since(start).Microseconds())/1000)
		result.Entries = len(entries)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		log.Fatal(err)
	}
}
