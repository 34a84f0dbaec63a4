// What the page holds: partners, areas, statuses and grades.

const data = JSON.parse(document.getElementById("data").textContent);
const STATUS = data.statuses;
const GRADE = data.grades;
const UNKNOWN = STATUS.findIndex((s) => s.id === "unknown");
const ABSENT = STATUS.findIndex((s) => s.id === "not-covered");
const partners = data.partners.map((p) => ({
  ...p,
  status: Uint8Array.from(p.status, Number),
  grade: Uint8Array.from(p.grade, Number),
  marks: new Map(data.departures.filter((d) => d.partner === p.id).map((d) => [d.field, d.marker])),
}));
const areas = data.areas.map((a, index) => ({
  ...a,
  index,
  text: fold([a.number, a.id, a.title, a.label, ...a.aliases].join(" ")),
}));
const groupTitle = new Map(data.groups.map((g) => [g.id, g.title]));
const partnerOf = new Map(partners.map((p) => [p.id, p]));
const areaOf = new Map(areas.map((a) => [a.id, a]));

const present = (p, a) => (p.status[a.index] === UNKNOWN ? null : p.status[a.index] !== ABSENT);
