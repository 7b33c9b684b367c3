/**
 * What an attack on one room costs the people in another: the 95th of a hundred letters under each attack, against just
 * before, as the middle of several turns. With `--beside=<dist/server/main.js>` of another build both are measured in
 * turns, so that what else the machine does meets both alike; `--attack=<name>` (again for more) leaves out the others,
 * `--turns=<n>` says how many.
 */
import { type AttackedHouse, startAttackedHouse } from '../support/attacked-house.ts';
import { type Bench, type Figure, median } from './figure.ts';

const ATTACKS = [
  'newClientIds',
  'unplaceableUpdates',
  'unreadSyncAnswers',
  'largePresence',
  'presenceFlood',
  'pings',
  'pongs',
  'smallMessages',
  'halfMessages',
  'trickle',
  'manyFragments',
  'malformedFrames',
  'comingAndGoing',
  'strangers',
];
const TURNS = 3;
const BAR = 2;
/** Until what the last attack left behind is worked off, and whoever it was is forgotten as company. */
const BETWEEN_MS = 1_500;

interface Look {
  readonly before: number;
  readonly during: number;
}

const bench: Bench = {
  title: 'relay attacks on another room',
  run: async () => {
    const programs = [undefined, ...optionsOf('beside')];
    const attacks = optionsOf('attack');
    const turns = Number(optionsOf('turns')[0] ?? TURNS);
    const houses = await Promise.all(programs.map((program) => startAttackedHouse(program)));
    for (const house of houses) await house.quiet();
    const figures: Figure[] = [];
    for (const attack of ['elsewhere', ...(attacks.length > 0 ? attacks : ATTACKS)]) {
      const looks = houses.map((): Look[] => []);
      for (let turn = 0; turn < turns; turn++) {
        // Whoever is first in one turn is last in the next.
        const order = [...houses.keys()];
        for (const n of turn % 2 === 0 ? order : order.reverse()) {
          const house = houses[n];
          if (house !== undefined) looks[n]?.push(await lookAt(house, attack));
        }
      }
      figures.push(...looks.map((of, n) => figureOf(attack, of, n === 0 ? '' : ', the other build')));
    }
    for (const house of houses) await house.stop();
    return figures;
  },
};

export default bench;

async function lookAt(house: AttackedHouse, attack: string): Promise<Look> {
  const before = (await house.quiet()).p95;
  const noticed = await (attack === 'elsewhere' ? house.besideOther() : house.during(attack));
  await house.letGo();
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  return { before, during: noticed.p95 };
}

function figureOf(attack: string, looks: readonly Look[], build: string): Figure {
  const ratios = looks.map(({ before, during }) => during / before);
  const name = attack === 'elsewhere' ? 'no attack, as much other work' : attack;
  const each = ratios.map((ratio) => ratio.toFixed(1)).join(' ');
  const during = median(looks.map((look) => look.during)).toFixed(1);
  const before = median(looks.map((look) => look.before)).toFixed(1);
  return {
    name: `p95 of a letter under ${name}${build}`,
    value: `${during} ms, before ${before} ms, in turns ${each}`,
    ratio: { of: 'before', value: median(ratios), bar: BAR },
  };
}

function optionsOf(name: string): string[] {
  const start = `--${name}=`;
  return process.argv.filter((word) => word.startsWith(start)).map((word) => word.slice(start.length));
}
