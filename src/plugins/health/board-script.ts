/** The script of the page at `/`: shows each status that `/status/live` sends, and says when the connection is lost. */

import { boardHtml } from './board-html.js';

/** Milliseconds between two attempts to connect: the first wait, and the longest. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10_000;

/** Plain JavaScript for a browser; it must not hold the end of a script element. */
export const BOARD_SCRIPT = `'use strict';
const boardHtml = ${boardHtml.toString()};
const board = document.getElementById('board');
const link = document.getElementById('link');
const title = document.title;
let wait = ${FIRST_WAIT_MS};
let lost;
const note = (text) => {
  if (link.textContent !== text) link.textContent = text;
};
const connect = () => {
  const url = new URL('status/live', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url.href);
  socket.onmessage = ({ data }) => {
    const status = JSON.parse(data);
    wait = ${FIRST_WAIT_MS};
    lost = undefined;
    board.innerHTML = boardHtml(status);
    board.className = '';
    document.title = status.overall + ' - ' + title;
    note('live: changes are shown as they happen');
  };
  socket.onclose = () => {
    lost ??= new Date().toISOString().slice(11, 19);
    board.className = 'old';
    document.title = 'connection lost - ' + title;
    note('connection lost at ' + lost + ' UTC, retrying; what is below is from before');
    setTimeout(connect, wait);
    wait = Math.min(2 * wait, ${LONGEST_WAIT_MS});
  };
};
connect();
`;
