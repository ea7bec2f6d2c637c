import { describe, expect, it, vi } from 'vitest';
import { JsonPlaces } from '../../src/source/json-scan.js';
import { TextSource } from '../../src/source/text-source.js';

describe('a source', () => {
  it('works out the places of a map or list once, and only of those on the way', () => {
    const text = '{"a": {"b": 1, "c": [2]}, "d": {"e": 3}}';
    const places = new JsonPlaces(text);
    const root = vi.spyOn(places, 'root');
    const entries = vi.spyOn(places, 'entries');
    const source = new TextSource('a.json', 'json', text, JSON.parse(text), places);
    expect(entries).not.toHaveBeenCalled();
    source.locate(['a', 'b']);
    source.locate(['a', 'c']);
    source.locate(['d']);
    source.locate(['x', 'y']);
    expect(entries).toHaveBeenCalledTimes(2);
    expect(root).toHaveBeenCalledTimes(1);
  });
});
