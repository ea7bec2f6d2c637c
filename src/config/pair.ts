/** `Key=Value`, perhaps for one template. */
export interface Pair {
  readonly template: string | undefined;
  readonly key: string;
  readonly value: string;
}

/** A parameter's name has letters and digits only, so what stands before the last colon of the key is a template. */
const PAIR = /^(?:(?<template>[^=]+):)?(?<key>[A-Za-z0-9]+)=(?<value>.*)$/su;

/** The shorthand of `aws cloudformation create-stack --parameters`. */
const AWS_PAIR = /^(?:(?<template>[^=]+):)?ParameterKey=(?<key>[A-Za-z0-9]+),ParameterValue=(?<value>.*)$/su;

/** Reads one pair; undefined when the text is none. */
export function pairOf(text: string): Pair | undefined {
  const groups = (AWS_PAIR.exec(text) ?? PAIR.exec(text))?.groups;
  if (groups?.key === undefined) return undefined;
  return { template: groups.template, key: groups.key, value: groups.value ?? '' };
}
