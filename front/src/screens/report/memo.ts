// SPDX-License-Identifier: Apache-2.0
import { Component, type ComponentChildren, type FunctionComponent, h } from 'preact';

/// A component that is made anew only when a property changes.
export function memo<P extends object>(inner: FunctionComponent<P>): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const now = this.props as Record<string, unknown>;
      return Object.entries(next).some(([key, value]) => now[key] !== value);
    }
    override render(): ComponentChildren {
      return h(inner, this.props as P & { ref?: never });
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
