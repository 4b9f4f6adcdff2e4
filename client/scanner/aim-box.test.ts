import { expect, test } from 'vitest';
import { aimedAt, aimRect, visibleRect } from './aim-box.ts';

test('object-fit: cover cuts the sides of a wide video in a squarer element', () => {
  expect(visibleRect({ width: 1280, height: 720 }, { width: 320, height: 240 })).toEqual({
    x: 160,
    y: 0,
    width: 960,
    height: 720,
  });
});

test('and the top and bottom of an upright video in a wide element', () => {
  const visible = visibleRect({ width: 720, height: 1280 }, { width: 360, height: 225 });
  expect(visible).toEqual({ x: 0, y: 415, width: 720, height: 450 });
});

test('an element not laid out yet shows everything', () => {
  expect(visibleRect({ width: 640, height: 480 }, { width: 0, height: 0 })).toEqual({
    x: 0,
    y: 0,
    width: 640,
    height: 480,
  });
});

test('the aim box lies in the middle of what is visible', () => {
  const aim = aimRect({ width: 1280, height: 720 }, { width: 320, height: 240 }, { width: 0.5, height: 0.5 });
  expect(aim).toEqual({ x: 400, y: 180, width: 480, height: 360 });
});

test('of several codes the one nearest the middle is aimed at; those outside never', () => {
  const aim = { x: 100, y: 100, width: 200, height: 100 };
  expect(aimedAt([], aim)).toBeNull();
  expect(aimedAt([{ x: 90, y: 150 }], aim)).toBeNull();
  expect(
    aimedAt(
      [
        { x: 110, y: 110 },
        { x: 210, y: 155 },
      ],
      aim,
    ),
  ).toEqual({ x: 210, y: 155 });
});
