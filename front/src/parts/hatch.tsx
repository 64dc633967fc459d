// SPDX-License-Identifier: Apache-2.0
// Patterns laid over the colours of charts, for those who do not see them.
export function Hatches() {
  return (
    <defs>
      <pattern id="hatch-s" width="6" height="6" patternUnits="userSpaceOnUse">
        <circle cx="3" cy="3" r="1.1" fill="#fff" fill-opacity="0.75" />
      </pattern>
      <pattern id="hatch-p" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="7" fill="#fff" fill-opacity="0.6" />
      </pattern>
    </defs>
  );
}
