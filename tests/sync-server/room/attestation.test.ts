/** The relay's word on whose the clientIDs of a room are: when it is given, to whom, and what it says. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../shared/wire/messages.ts';
import { decodeOwnership } from '../../../shared/wire/ownership.ts';
import { TEST_KEY } from '../../support/test-key.ts';
import { joinClient, type StageClient, stageRoom } from './room-stage.ts';

const saysOf = (client: StageClient) =>
  client.messages('owners').map((message) => {
    const { statement, signature } = message as Extract<Message, { type: 'owners' }>;
    expect(TEST_KEY.verify(statement, signature)).toBe(true);
    const said = decodeOwnership(statement);
    return said && { isWhole: said.isWhole, owners: Object.fromEntries(said.ownersByClient) };
  });

const write = (client: StageClient, words: string) => client.edit((doc) => doc.getText('prose').insert(0, words));

describe('owners of clientIDs', () => {
  it('[R15] are told to everybody behind the commit that brings a new one, and only then', () => {
    const stage = stageRoom();
    const [a, b] = [joinClient(stage, 'a'), joinClient(stage, 'b')];
    write(a, '一');
    expect([...saysOf(a), ...saysOf(b)]).toEqual([]);
    stage.commit();
    const said = { isWhole: false, owners: { [a.doc.clientID]: 'person-a' } };
    expect([saysOf(a), saysOf(b)]).toEqual([[said], [said]]);
    expect(stage.sentTo('b').map(({ type }) => type)).toEqual(['hello', 'syncStep1', 'syncStep2', 'update', 'owners']);
    write(a, '二');
    stage.commit();
    expect(saysOf(b)).toEqual([said]);
  });

  it('[R15] are told whole behind the answer to the first sync, durable ones only', () => {
    const stage = stageRoom();
    const a = joinClient(stage, 'a');
    write(a, '一');
    const late = joinClient(stage, 'late');
    expect(saysOf(late)).toEqual([]);
    stage.commit();
    // The commit tells it too: its answer and the news are both there.
    expect(saysOf(late)[0]).toEqual({ isWhole: false, owners: { [a.doc.clientID]: 'person-a' } });
    expect(saysOf(late).at(-1)).toEqual({ isWhole: true, owners: { [a.doc.clientID]: 'person-a' } });
  });

  it('[C5] are not told to a client that is older, or that said nothing of itself', () => {
    const stage = stageRoom();
    const a = joinClient(stage, 'a');
    const older = joinClient(stage, 'older', { wireVersion: 1 });
    const stock = joinClient(stage, 'stock', { wireVersion: null });
    write(a, '一');
    stage.commit();
    expect(saysOf(a)).toHaveLength(1);
    expect([...saysOf(older), ...saysOf(stock)]).toEqual([]);
  });
});
