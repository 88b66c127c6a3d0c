/** Keeps the frame when a view fails: says what failed, and offers to try again. */

import { Component, type ComponentChildren } from 'preact';

interface Props {
  readonly children: ComponentChildren;
}

export class Boundary extends Component<Props, { readonly failed?: string }> {
  override componentDidCatch(error: unknown): void {
    this.setState({ failed: error instanceof Error ? error.message : String(error) });
  }

  override render() {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    return (
      <div class="note bad" role="alert">
        <p>This view failed: {failed}</p>
        <button type="button" onClick={() => this.setState({ failed: undefined })}>
          Try again
        </button>
      </div>
    );
  }
}
