// Clients of govpp that ask for values and count answers that were meant for somebody else.
//
//	exchanges SOCKET PLAN CLIENTS COUNT FIRST_PID
//
// The same as papi.py, with requests in flight on the channel of each client.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"math/rand"
	"os"
	"strconv"
	"strings"
	"sync"

	"go.fd.io/govpp/adapter/socketclient"
	"go.fd.io/govpp/api"
	interfaces "go.fd.io/govpp/binapi/interface"
	"go.fd.io/govpp/binapi/interface_types"
	"go.fd.io/govpp/binapi/ip"
	"go.fd.io/govpp/binapi/ip_types"
	"go.fd.io/govpp/binapi/vlib"
	"go.fd.io/govpp/core"
)

// Requests in flight of one client.
const window = 64

type plan struct {
	Seed       int64  `json:"seed"`
	Table      uint32 `json:"table"`
	Routes     int    `json:"routes"`
	Interfaces []struct {
		Index  uint32 `json:"sw_if_index"`
		Mac    string `json:"mac"`
		Prefix string `json:"prefix"`
	} `json:"interfaces"`
}

type tally struct {
	Exchanges int      `json:"exchanges"`
	Events    int      `json:"events"`
	Wrong     []string `json:"wrong"`
}

func (t *tally) expect(what string, right bool, got any) {
	if !right && len(t.Wrong) < 5 {
		t.Wrong = append(t.Wrong, fmt.Sprintf("govpp: %s was answered with %+v", what, got))
	}
}

type client struct {
	tally
	pid    uint32
	plan   *plan
	random *rand.Rand
	conn   *core.Connection
	ch     api.Channel
	events chan api.Message
}

// Sends one request; what is returned takes its answer.
func (c *client) ask() func() error {
	c.Exchanges++
	kind := c.random.Intn(1000)
	switch {
	case kind < 2: // it goes alone, and makes all others wait
		text := fmt.Sprintf("ask-%d-%d-%d", c.pid, c.Exchanges, c.random.Intn(1<<30))
		ctx := c.ch.SendRequest(&vlib.CliInband{Cmd: text})
		return func() error {
			reply := &vlib.CliInbandReply{}
			err := ctx.ReceiveReply(reply)
			// VPP has no such command, and says so.
			if err != nil && !strings.Contains(err.Error(), "VPPApiError") {
				return err
			}
			c.expect(text, strings.Contains(reply.Reply, text), reply)
			return nil
		}
	case kind < 500:
		route := c.random.Intn(c.plan.Routes)
		text := fmt.Sprintf("10.%d.%d.0/24", route>>8, route&255)
		prefix, err := ip_types.ParsePrefix(text)
		if err != nil {
			return func() error { return err }
		}
		ctx := c.ch.SendRequest(&ip.IPRouteLookup{TableID: c.plan.Table, Exact: 1, Prefix: prefix})
		return func() error {
			reply := &ip.IPRouteLookupReply{}
			err := ctx.ReceiveReply(reply)
			c.expect("ip_route_lookup "+text, reply.Route.Prefix.String() == text, reply.Route.Prefix)
			return err
		}
	}
	itf := c.plan.Interfaces[c.random.Intn(len(c.plan.Interfaces))]
	index := interface_types.InterfaceIndex(itf.Index)
	switch {
	case kind < 800:
		ctx := c.ch.SendRequest(&interfaces.SwInterfaceGetMacAddress{SwIfIndex: index})
		return func() error {
			reply := &interfaces.SwInterfaceGetMacAddressReply{}
			err := ctx.ReceiveReply(reply)
			c.expect(fmt.Sprintf("sw_interface_get_mac_address %d", index), reply.MacAddress.String() == itf.Mac, reply)
			return err
		}
	case kind < 900:
		ctx := c.ch.SendMultiRequest(&ip.IPAddressDump{SwIfIndex: index})
		return func() error {
			var got []string
			for {
				details := &ip.IPAddressDetails{}
				last, err := ctx.ReceiveReply(details)
				if err != nil {
					return err
				}
				if last {
					break
				}
				got = append(got, details.Prefix.String())
			}
			c.expect(fmt.Sprintf("ip_address_dump %d", index), len(got) == 1 && got[0] == itf.Prefix, got)
			return nil
		}
	}
	ctx := c.ch.SendMultiRequest(&interfaces.SwInterfaceDump{SwIfIndex: index})
	return func() error {
		var got []uint32
		for {
			details := &interfaces.SwInterfaceDetails{}
			last, err := ctx.ReceiveReply(details)
			if err != nil {
				return err
			}
			if last {
				break
			}
			got = append(got, uint32(details.SwIfIndex))
		}
		c.expect(fmt.Sprintf("sw_interface_dump %d", index), len(got) == 1 && got[0] == itf.Index, got)
		return nil
	}
}

func (c *client) event(message api.Message) {
	event := message.(*interfaces.SwInterfaceEvent)
	c.Events++
	c.expect(fmt.Sprintf("an event for pid %d", c.pid), event.PID == c.pid, event)
}

func (c *client) run(count int) error {
	var waiting []func() error
	for left := count; left > 0 || len(waiting) > 0; {
		for left > 0 && len(waiting) < window {
			waiting = append(waiting, c.ask())
			left--
		}
		if err := waiting[0](); err != nil {
			return err
		}
		waiting = waiting[1:]
		for more := true; more; {
			select {
			case event := <-c.events:
				c.event(event)
			default:
				more = false
			}
		}
	}
	if c.Events == 0 {
		c.event(<-c.events)
	}
	return nil
}

func connect(socket string, number int, pid uint32, plan *plan) (*client, error) {
	adapter := socketclient.NewVppClient(socket)
	adapter.SetClientName(fmt.Sprintf("govpp %d", number))
	conn, err := core.Connect(adapter)
	if err != nil {
		return nil, err
	}
	ch, err := conn.NewAPIChannelBuffered(window+1, window*4)
	if err != nil {
		return nil, err
	}
	c := &client{
		pid: pid, plan: plan, conn: conn, ch: ch,
		random: rand.New(rand.NewSource(plan.Seed*1000 + int64(pid))),
		events: make(chan api.Message, 1000),
	}
	if _, err := ch.SubscribeNotification(c.events, &interfaces.SwInterfaceEvent{}); err != nil {
		return nil, err
	}
	request := &interfaces.WantInterfaceEvents{EnableDisable: 1, PID: pid}
	return c, ch.SendRequest(request).ReceiveReply(&interfaces.WantInterfaceEventsReply{})
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		log.Fatal(err)
	}
	return n
}

func main() {
	socket, planFile := os.Args[1], os.Args[2]
	clients, count, firstPid := number(os.Args[3]), number(os.Args[4]), number(os.Args[5])
	text, err := os.ReadFile(planFile)
	if err != nil {
		log.Fatal(err)
	}
	plan := &plan{}
	if err := json.Unmarshal(text, plan); err != nil {
		log.Fatal(err)
	}
	var all []*client
	for i := 0; i < clients; i++ {
		c, err := connect(socket, i, uint32(firstPid+i), plan)
		if err != nil {
			log.Fatal(err)
		}
		all = append(all, c)
	}
	fmt.Println("ready")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		log.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, c := range all {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := c.run(count); err != nil {
				log.Fatal(err)
			}
			c.ch.Close()
			c.conn.Disconnect()
		}()
	}
	wg.Wait()
	total := tally{Wrong: []string{}}
	for _, c := range all {
		total.Exchanges += c.Exchanges
		total.Events += c.Events
		total.Wrong = append(total.Wrong, c.Wrong...)
	}
	json.NewEncoder(os.Stdout).Encode(total)
}
