/** The entry of the page. */

import './style/base.css';
import './style/frame.css';
import './style/parts.css';
import './style/views.css';
import 'uplot/dist/uPlot.min.css';
import { render } from 'preact';
import { connection } from './feed/index.js';
import { App } from './frame/app.js';

const root = document.getElementById('app');
if (root !== null) {
  render(<App />, root);
  connection.start();
}
