import { describe, expect, it } from 'vitest';
import { parseOptions } from '#local/start/options.ts';

const usual = {
  ...{ once: false, help: false, realTime: false },
  ...{ speed: undefined, dataDirectory: undefined, port: undefined, postTo: {} },
};

describe('given a command line', () => {
  it('replays and stays up unless told otherwise', () => {
    expect(parseOptions([])).toEqual(usual);
    expect(parseOptions(['--once'])).toEqual({ ...usual, once: true });
    expect(parseOptions(['-h'])).toEqual({ ...usual, help: true });
  });

  it('takes a speed, a data directory and a port', () => {
    const args = ['--speed', '2.5', '--data', 'kept', '--port', '8080'];
    expect(parseOptions(args)).toEqual({ ...usual, speed: 2.5, dataDirectory: 'kept', port: 8080 });
    expect(parseOptions(['--real-time'])).toEqual({ ...usual, realTime: true });
  });

  it('takes liaisons that are posted to', () => {
    const args = ['--post-to', 'metropolitan=9000', '--post-to=victim-care=9001'];
    const postTo = { metropolitan: 9000, 'victim-care': 9001 };
    expect(parseOptions(args)).toEqual({ ...usual, postTo });
  });

  it.each([
    ['--twice'],
    ['--once=yes'],
    ['demo'],
    ['--speed'],
    ['--speed=fast'],
    ['--speed=0'],
    ['--port=70000'],
    ['--port=80.5'],
    ['--data='],
    ['--post-to=metropolitan'],
    ['--post-to=metropolitan=70000'],
    ['--real-time', '--once'],
  ])('refuses %s and says what there is', (...args) => {
    expect(() => parseOptions(args)).toThrow(
      'There are --once, --speed N, --real-time, --data DIR, --port N, --post-to NAME=PORT and',
    );
  });
});
