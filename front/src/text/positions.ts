// SPDX-License-Identifier: Apache-2.0
// Code points, in which the record counts, against UTF-16 units, in which the browser does.

export class Positions {
  /// Units at which a surrogate pair begins, ascending.
  private readonly pairs: number[] = [];

  constructor(text: string) {
    for (let i = 0; i < text.length - 1; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xd800 && unit < 0xdc00) {
        const next = text.charCodeAt(i + 1);
        if (next >= 0xdc00 && next < 0xe000) this.pairs.push(i++);
      }
    }
  }

  /// Pairs that begin before unit `unit`.
  private before(unit: number): number {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle]! < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  points(unit: number): number {
    return unit - this.before(unit);
  }

  units(point: number): number {
    // The i-th pair (from 0) begins at point pairs[i] - i.
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle]! - middle < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }
}
