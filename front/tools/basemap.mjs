// SPDX-License-Identifier: Apache-2.0
// The map's ground: states of the world (Natural Earth at 1:50 million) and inner borders of the region's states.
export function basemap(countries, admin1) {
  const { land, ...objects } = countries.objects;
  return { countries: { ...countries, objects }, admin1: { type: 'MultiLineString', coordinates: Object.values(admin1).flat() } };
}
