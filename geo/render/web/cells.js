// Very many events, as they were counted by cells and periods when the page was made.

/** Where the rows of each line of a table begin, made once. */
function begins(table) {
  let at = 0;
  return (table.from ||= Int32Array.from(table.rows, (n) => (at += n) - n));
}

/** The last day of a period that begins on `day`, as a text to compare with; without periods the day itself. */
export function until({ cells }, day) {
  const unit = day && cells ? cells.unit : "day";
  if (unit === "week") return new Date(Date.parse(day) + 6 * 864e5).toISOString().slice(0, 10);
  return { day, month: `${day.slice(0, 7)}-31`, year: `${day.slice(0, 4)}-12-31` }[unit];
}

/** Call `take(line, events, reports)` for each line of a table that has events which pass the filters and the time. */
export function tally(data, name, { day, undated, filter }, take) {
  const table = data.cells[name];
  const { types, status } = filter;
  const period = data.cells.periods.indexOf(day) + 1; // 0: all dates
  const all = !period && undated; // then a line counts as a whole
  const from = all ? null : begins(table);
  for (let line = 0; line < table.n.length; line++) {
    if ((types.size && !types.has(table.type[line])) || (status && status !== table.status[line])) continue;
    if (all) {
      take(line, table.n[line], table.reports[line]);
      continue;
    }
    let [events, reports] = [0, 0];
    for (let row = from[line], end = row + table.rows[line]; row < end; row++) {
      const first = table.first[row];
      if (first ? period && (period < first || period > first + table.long[row]) : !undated) continue;
      events += table.each[row];
      reports += table.each[row] + table.more[row];
    }
    if (events) take(line, events, reports);
  }
}

/** Groups of the map, without their events. */
export function cellGroups(data, state) {
  const { of, type, status } = data.cells.counts;
  const groups = [];
  tally(data, "counts", state, (line, n, reports) => {
    const place = of[line];
    const item = (groups[place] ||= { place, events: [], n: 0, kinds: [], area: Boolean(data.places.area[place]) });
    item.n += n;
    item.kinds.push([type[line], status[line], n, reports]);
  });
  const found = groups.filter(Boolean);
  for (const item of found) item.kinds.sort((a, b) => b[2] - a[2] || a[0] - b[0]);
  return found.sort((a, b) => b.n - a.n || a.place - b.place);
}
