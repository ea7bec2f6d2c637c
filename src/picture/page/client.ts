/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { foldEnds } from '../fold.js';
import { type Layout, layoutPicture } from '../layout.js';
import { lookOfNodes } from '../look.js';
import type { Picture, PictureNode } from '../picture.js';
import { counted } from '../text.js';
import { Camera } from './camera.js';
import { edgeDetails, type Known, nodeDetails } from './details.js';
import { type Direction, findNeighbour } from './neighbour.js';
import { Scene } from './scene.js';
import { startTheme } from './theme.js';
import { type Filter, findingsOfNodes, NO_FILTER, SHOWN, type Shown, type View, Views } from './view.js';

/** Time between two keys of a fast typist: drawing waits for a pause of it, in milliseconds. */
const TYPING_PAUSE = 90;
/** A drawing that was made for a view of another width is made anew when the difference is more than this, in pixels. */
const WIDTH_SLACK = 24;
/** Long enough for the browser to show what was changed, in milliseconds. */
const REPAINT = 40;
const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const PAN_STEP = 80;
const ZOOM_STEP = 1.25;

function byId<Wanted extends Element>(id: string, type: new () => Wanted): Wanted {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${id}.`);
  return element;
}

/** The page at work: what is shown follows from the picture, the filter and what is chosen. */
class Page {
  private readonly picture: Picture;
  private readonly frame = byId('drawing', SVGSVGElement);
  private readonly scene = new Scene(byId('scene', SVGGElement));
  private readonly details = byId('details', HTMLElement);
  private readonly list = byId('findings', HTMLElement);
  private readonly search = byId('search', HTMLInputElement);
  private readonly rule = byId('rule', HTMLSelectElement);
  private readonly group = byId('group', HTMLButtonElement);
  /** There is no such choice where the run had no environments. */
  private readonly environment = document.querySelector<HTMLSelectElement>('#environment');
  private readonly status = byId('status', HTMLElement);
  private readonly camera: Camera;
  private readonly views: Views;
  private filter: Filter = NO_FILTER;
  private view: View;
  private layout: Layout;
  private width: number;
  /** What the drawing hangs on besides the nodes and edges that it shows. */
  private drawnFor: string;
  /** What is left to do of a redraw in steps. */
  private step: number | undefined;
  /** The nodes that the buttons in the details lead to. */
  private referred: PictureNode[] = [];

  constructor(picture: Picture) {
    this.picture = foldEnds(picture);
    this.views = new Views(this.picture);
    this.view = this.views.of(this.filter);
    this.width = this.frame.clientWidth;
    this.drawnFor = this.drawingKey();
    this.layout = layoutPicture(this.view.picture, this.width);
    const zoomLevel = byId('zoom-level', HTMLElement);
    this.camera = new Camera(this.frame, this.scene.root, (zoom) => {
      zoomLevel.textContent = `${Math.round(zoom * 100)} %`;
    });
    this.draw();
    this.tell(this.view);
    this.listen();
    new ResizeObserver(() => this.onResize()).observe(this.frame);
  }

  private listen(): void {
    this.frame.addEventListener('click', (event) => this.onClick(event));
    this.frame.addEventListener('keydown', (event) => this.onGraphKey(event));
    this.frame.addEventListener('focusin', (event) => this.onFocus(event));
    this.details.addEventListener('click', (event) => this.onDetailsClick(event));
    this.list.addEventListener('click', (event) => this.onListClick(event));
    document.addEventListener('click', (event) => copyPlace(event, this.status));
    document.addEventListener('keydown', (event) => this.onKey(event));
    for (const button of this.shownButtons()) {
      button.addEventListener('click', () => this.setFilter({ shown: button.dataset.shown as Shown }));
    }
    this.environment?.addEventListener('change', () =>
      this.setFilter({ environment: this.environment?.value ?? '' }),
    );
    this.rule.addEventListener('change', () => this.setFilter({ rule: this.rule.value }));
    let typing: number | undefined;
    this.search.addEventListener('input', () => {
      window.clearTimeout(typing);
      typing = window.setTimeout(() => this.setFilter({ text: this.search.value }, true), TYPING_PAUSE);
    });
    this.group.addEventListener('click', () => this.toggleGroups());
    byId('fit', HTMLElement).addEventListener('click', () => this.camera.fit());
    byId('zoom-in', HTMLElement).addEventListener('click', () => this.camera.zoomBy(ZOOM_STEP));
    byId('zoom-out', HTMLElement).addEventListener('click', () => this.camera.zoomBy(1 / ZOOM_STEP));
    window.addEventListener('beforeprint', () => {
      this.scene.finish();
      this.camera.startPrint();
    });
    window.addEventListener('afterprint', () => this.camera.endPrint());
  }

  private shownButtons(): readonly HTMLButtonElement[] {
    return [...document.querySelectorAll<HTMLButtonElement>('button[data-shown]')];
  }

  /** A wider view has room for wider nodes, and a narrower one wants narrower ones. */
  private onResize(): void {
    const { clientWidth } = this.frame;
    if (Math.abs(clientWidth - this.width) <= WIDTH_SLACK) return;
    this.width = clientWidth;
    this.redraw();
  }

  /** @param inSteps whether the page answers in between: to somebody who types */
  private setFilter(change: Partial<Filter>, inSteps = false): void {
    this.filter = { ...this.filter, ...change };
    this.redraw(inSteps);
  }

  private redraw(inSteps = false): void {
    window.clearTimeout(this.step);
    const view = this.views.of(this.filter);
    const key = this.drawingKey();
    this.closeDetails();
    this.tell(view);
    // Most keys of a search leave what is shown as it is.
    if (key === this.drawnFor && isSame(this.view.picture, view.picture)) {
      this.view = view;
      return;
    }
    const show = (layout: Layout): void => {
      this.view = view;
      this.layout = layout;
      this.drawnFor = key;
      this.draw();
    };
    const arrange = (): Layout => layoutPicture(view.picture, this.width);
    if (!inSteps) show(arrange());
    else
      this.step = window.setTimeout(() => {
        const layout = arrange();
        this.step = window.setTimeout(() => show(layout));
      });
  }

  /** Thousands of nodes take seconds to lay out: the reader is told before the page stands still. */
  private toggleGroups(): void {
    document.documentElement.classList.add('busy');
    this.say('Drawing…');
    window.setTimeout(() => {
      this.setFilter({ grouped: !this.filter.grouped, alone: NO_FILTER.alone });
      document.documentElement.classList.remove('busy');
    }, REPAINT);
  }

  private drawingKey(): string {
    return JSON.stringify([this.width, this.filter.environment]);
  }

  private draw(): void {
    const { picture } = this.view;
    this.scene.draw(picture, this.layout);
    this.camera.setSize(this.layout.width, this.layout.height);
    this.camera.home();
    this.scene.entry(this.layout)?.setAttribute('tabindex', '0');
    byId('nothing', HTMLElement).hidden = picture.nodes.length > 0;
  }

  /** Brings everything beside the drawing in line with what is shown, or is about to be. */
  private tell({ findings, matches, whole }: View): void {
    const shown = new Set(findings);
    for (const article of this.list.querySelectorAll<HTMLElement>('article')) {
      const item = article.parentElement;
      // To take hundreds of them out of the layout takes far longer than to leave out what is in them.
      item?.classList.toggle('off', !shown.has(Number(article.dataset.finding)));
    }
    const total = this.views.of({ ...NO_FILTER, environment: this.filter.environment }).findings.length;
    const count =
      findings.length === total
        ? counted(total, 'finding')
        : `${findings.length} of ${counted(total, 'finding')}`;
    byId('finding-count', HTMLElement).textContent = count;
    const counts = this.views.counts(this.filter.environment);
    for (const button of this.shownButtons()) {
      const own = button.dataset.shown as Shown;
      button.setAttribute('aria-pressed', String(own === this.filter.shown));
      const number = button.querySelector('b');
      if (number !== null && own !== 'all') number.textContent = String(counts[own]);
    }
    if (this.environment !== null) this.environment.value = this.filter.environment;
    this.rule.value = this.filter.rule;
    if (this.search.value !== this.filter.text) this.search.value = this.filter.text;
    this.group.setAttribute('aria-pressed', String(this.filter.grouped));
    this.say(
      matches === null
        ? `All ${counted(whole.nodes.length, 'node')}, ${count}`
        : `${counted(matches.size, 'node')} found, ${count}`,
    );
  }

  private say(text: string): void {
    this.status.textContent = text;
  }

  /** Moves the keyboard's focus to a node of the drawing. */
  private focusNode(index: number): void {
    const placed = this.layout.nodes[index];
    if (placed) this.camera.show(placed, true);
    // On a narrow screen the findings stand below the drawing.
    this.frame.scrollIntoView({ block: 'nearest' });
    this.scene.node(index)?.focus({ preventScroll: true });
  }

  private onFocus(event: FocusEvent): void {
    const element = (event.target as Element).closest<SVGGElement>('[data-node]');
    if (element === null) return;
    for (const other of this.scene.root.querySelectorAll('[tabindex="0"]'))
      other.setAttribute('tabindex', '-1');
    element.setAttribute('tabindex', '0');
    const placed = this.layout.nodes[Number(element.dataset.node)];
    if (placed && element.matches(':focus-visible')) this.camera.show(placed);
  }

  private onClick(event: MouseEvent): void {
    if (this.camera.dragged) return;
    const target = event.target as Element;
    const node = target.closest<SVGGElement>('[data-node]');
    const edge = target.closest<SVGGElement>('[data-edge]');
    if (node) this.chooseNode(Number(node.dataset.node));
    else if (edge) this.chooseEdge(Number(edge.dataset.edge));
    else this.closeDetails();
  }

  private chooseNode(index: number): void {
    const node = this.view.picture.nodes[index];
    if (node === undefined) return;
    const members = this.view.members.get(node.id) ?? [];
    this.openDetails(
      (known) => nodeDetails(known, node, members),
      () => this.expand(members),
    );
    const element = this.scene.node(index);
    element?.classList.add('chosen');
    element?.setAttribute('aria-pressed', 'true');
    const nodes = new Set([node.id]);
    for (const edge of this.view.picture.edges) {
      if (edge.from === node.id) nodes.add(edge.to);
      if (edge.to === node.id) nodes.add(edge.from);
    }
    this.highlight(nodes, (edge) => edge.from === node.id || edge.to === node.id);
    this.say(`${node.label} chosen`);
  }

  private chooseEdge(index: number): void {
    const edge = this.view.picture.edges[index];
    if (edge === undefined) return;
    this.openDetails((known) => edgeDetails(known, edge));
    this.highlight(new Set([edge.from, edge.to]), (other) => other === edge);
  }

  private openDetails(markup: (known: Known) => string, expand?: () => void): void {
    this.closeDetails();
    const { picture } = this.view;
    const body = byId('details-body', HTMLElement);
    body.innerHTML = markup({
      picture,
      looks: lookOfNodes(picture),
      findingsOf: findingsOfNodes(picture),
      refer: (node) => this.referred.push(node) - 1,
    });
    if (expand !== undefined) body.querySelector('[data-expand]')?.addEventListener('click', expand);
    makePlacesButtons(body);
    this.details.hidden = false;
    this.list.hidden = true;
    byId('panel', HTMLElement).scrollTop = 0;
  }

  private closeDetails(): void {
    this.referred = [];
    this.details.hidden = true;
    this.list.hidden = false;
    this.frame.classList.remove('choosing');
    for (const element of this.scene.root.querySelectorAll('.lit, .chosen')) {
      element.classList.remove('lit', 'chosen');
      if (element.hasAttribute('aria-pressed')) element.setAttribute('aria-pressed', 'false');
    }
  }

  private highlight(nodes: ReadonlySet<string>, isLit: (edge: Picture['edges'][number]) => boolean): void {
    this.frame.classList.add('choosing');
    for (const [index, node] of this.view.picture.nodes.entries()) {
      if (nodes.has(node.id)) this.scene.node(index)?.classList.add('lit');
    }
    for (const [index, edge] of this.view.picture.edges.entries()) {
      if (isLit(edge)) this.scene.edge(index)?.classList.add('lit');
    }
  }

  /** Draws the nodes of a group each by itself. */
  private expand(members: readonly PictureNode[]): void {
    this.setFilter({ alone: new Set([...this.filter.alone, ...members.map(({ id }) => id)]) });
    const [first] = members;
    if (first !== undefined) this.goTo(first.id);
  }

  /** Shows a node wherever it is: it leaves the group that hides it, and a filter that hides it is given up. */
  private goTo(id: string): void {
    const find = (): number => this.view.picture.nodes.findIndex((node) => node.id === id);
    const alone = new Set([...this.filter.alone, id]);
    const { environment, grouped } = this.filter;
    if (find() < 0) this.setFilter({ alone });
    if (find() < 0) this.setFilter({ ...NO_FILTER, environment, grouped, alone });
    if (find() < 0) this.setFilter({ ...NO_FILTER, grouped, alone });
    const index = find();
    if (index < 0) return;
    this.chooseNode(index);
    this.focusNode(index);
  }

  private onDetailsClick(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest('#close')) {
      const chosen = this.scene.root.querySelector<SVGGElement>('.chosen');
      this.closeDetails();
      chosen?.focus();
      return;
    }
    const go = target.closest<HTMLElement>('[data-go]');
    const node = go === null ? undefined : this.referred[Number(go.dataset.go)];
    if (node) this.goTo(node.id);
  }

  private onListClick(event: MouseEvent): void {
    const article = (event.target as Element).closest('.show')?.closest<HTMLElement>('article');
    if (!article) return;
    const index = Number(article.dataset.finding);
    const nodes = this.picture.nodes.filter((node) => node.findings.includes(index));
    const edge = this.picture.edges.find((one) => one.findings.includes(index));
    const id = (nodes.find((node) => node.outcome !== null) ?? nodes[0])?.id ?? edge?.from;
    if (id !== undefined) this.goTo(id);
  }

  private onGraphKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const element = (event.target as Element).closest<SVGGElement>('[data-node]');
    const direction = ARROWS[event.key];
    if (element === null) {
      if (direction === undefined) return;
      const steps = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] } as const;
      const [x, y] = steps[direction];
      this.camera.panBy(x * PAN_STEP, y * PAN_STEP);
    } else if (direction !== undefined) {
      const next = findNeighbour(this.view.picture, this.layout, Number(element.dataset.node), direction);
      if (next !== null) this.focusNode(next);
    } else if (event.key === 'Enter' || event.key === ' ') this.chooseNode(Number(element.dataset.node));
    else return;
    event.preventDefault();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') copyPlace(event, this.status);
    if (event.key === 'Escape') {
      this.onEscape();
      return;
    }
    if ((event.target as Element).matches('input, select, textarea')) return;
    const index = SHOWN.indexOf(this.filter.shown);
    switch (event.key) {
      case '/':
        this.search.focus();
        this.search.select();
        break;
      case 'f':
        this.setFilter({ shown: SHOWN[(index + 1) % SHOWN.length] ?? 'all' });
        break;
      case 'g':
        if (!this.group.hidden) this.toggleGroups();
        break;
      case '+':
      case '=':
        this.camera.zoomBy(ZOOM_STEP);
        break;
      case '-':
        this.camera.zoomBy(1 / ZOOM_STEP);
        break;
      case '0':
        this.camera.fit();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** First closes the details, then gives up the filter. */
  private onEscape(): void {
    if (!this.details.hidden) this.closeDetails();
    else this.setFilter({ ...NO_FILTER, environment: this.filter.environment, grouped: this.filter.grouped });
    if (document.activeElement === this.search) this.search.blur();
  }
}

/** Whether two pictures of one page and environment show the same nodes and edges, in the same groups. */
function isSame(a: Picture, b: Picture): boolean {
  return (
    a === b ||
    (a.nodes.length === b.nodes.length &&
      a.edges.length === b.edges.length &&
      a.nodes.every(({ id, label }, index) => id === b.nodes[index]?.id && label === b.nodes[index]?.label))
  );
}

/** Makes the places in some part of the page buttons. */
function makePlacesButtons(body: HTMLElement): void {
  for (const place of body.querySelectorAll('code.copy')) {
    place.setAttribute('role', 'button');
    place.setAttribute('tabindex', '0');
    place.setAttribute('title', 'Copy');
  }
}

/** A click on a place copies it, or selects it where the browser lets no page write to the clipboard. */
function copyPlace(event: Event, status: HTMLElement): void {
  const place = (event.target as Element).closest('code.copy');
  if (place === null) return;
  const text = place.textContent ?? '';
  const selectText = (): void => window.getSelection()?.selectAllChildren(place);
  navigator.clipboard?.writeText(text).then(() => {
    status.textContent = `Copied ${text}`;
    place.classList.add('copied');
    window.setTimeout(() => place.classList.remove('copied'), 1200);
  }, selectText) ?? selectText();
}

/** Adds to each finding of the list that belongs to a node or an edge a button that leads there. */
function addShowButtons(picture: Picture, list: HTMLElement): void {
  const drawn = new Set([...picture.nodes, ...picture.edges].flatMap(({ findings }) => findings));
  for (const article of list.querySelectorAll<HTMLElement>('article')) {
    if (!drawn.has(Number(article.dataset.finding))) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'show';
    button.textContent = 'Show in graph';
    article.append(button);
  }
}

function start(): void {
  document.documentElement.classList.add('scripted');
  startTheme(byId('theme', HTMLButtonElement));
  const picture = JSON.parse(byId('picture', HTMLScriptElement).textContent ?? '') as Picture;
  const list = byId('findings', HTMLElement);
  makePlacesButtons(list);
  addShowButtons(picture, list);
  new Page(picture);
}

start();
