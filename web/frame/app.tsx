/** The frame: who is there on top, the views at the side, one view in the middle. */

import { useEffect, useRef } from 'preact/hooks';
import { connection, useTopic } from '../feed/index.js';
import { useValue } from '../feed/use-value.js';
import { VIEWS } from '../views/index.js';
import { Banners } from './banners.js';
import { Boundary } from './boundary.js';
import { Header } from './header.js';
import { Help } from './help.js';
import { useShortcuts } from './keyboard.js';
import { Login } from './login.js';
import { Navigation } from './navigation.js';
import { MAIN, route } from './router.js';

export function App() {
  const link = useValue(connection.link);
  if (link.phase === 'login') return <Login reason={link.reason} wrong={link.wrong} />;
  return <Frame />;
}

function Frame() {
  const link = useValue(connection.link);
  const state = useTopic('state');
  const { view: path, rest } = useValue(route);
  const view = VIEWS.find((each) => each.path === path) ?? VIEWS[0];
  const agent = state.state?.agent.name ?? 'vppmux';
  useShortcuts();
  useEffect(() => {
    const away = link.phase === 'lost' ? 'connection lost · ' : '';
    document.title = `${away}${view.title} · ${agent}`;
  }, [link.phase, view.title, agent]);
  const main = useMainFocus(`${path}/${rest.join('/')}`);
  return (
    <>
      <a class="skip" href={MAIN}>
        Skip to the view
      </a>
      <Header state={state.state} />
      <Navigation current={view} state={state.state} />
      <main id="main" tabIndex={-1} ref={main} class={link.phase === 'live' ? '' : 'old'}>
        <Banners link={link} state={state.state} />
        <Boundary key={view.path}>
          <view.Component rest={rest} />
        </Boundary>
      </main>
      <Help />
    </>
  );
}

/** Moves the focus into a view that was gone to, so that a screen reader begins there. */
function useMainFocus(place: string) {
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }, [place]);
  return main;
}
