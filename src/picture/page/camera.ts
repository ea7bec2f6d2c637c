/// <reference lib="dom" />

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const LEAST_ZOOM = 0.02;
const MOST_ZOOM = 3;
/** At this zoom every text is as large as it is meant to be: what is shown first is shown so. */
const READABLE_ZOOM = 1;
/** Below this, a node that is led to is shown larger. */
const LEGIBLE_ZOOM = 0.6;
const MARGIN = 16;
/** Pixels that the pointer may move in a click. */
const CLICK_SLACK = 4;

/** Shows a part of the drawing: moved by drag and wheel, zoomed by pinch, by control and wheel, and by calls. */
export class Camera {
  private offsetX = 0;
  private offsetY = 0;
  private zoom = 1;
  private size = { width: 1, height: 1 };
  private touched = false;
  /** Whether what is shown is what was shown first. */
  private homely = true;
  private readonly frame: SVGSVGElement;
  private readonly scene: SVGGElement;
  private readonly onZoom: (zoom: number) => void;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private travel = 0;

  constructor(frame: SVGSVGElement, scene: SVGGElement, onZoom: (zoom: number) => void) {
    this.frame = frame;
    this.scene = scene;
    this.onZoom = onZoom;
    frame.addEventListener('wheel', (event) => this.onWheel(event), { passive: false });
    frame.addEventListener('pointerdown', (event) => this.onPointerDown(event));
    frame.addEventListener('pointermove', (event) => this.onPointerMove(event));
    for (const name of ['pointerup', 'pointercancel'] as const) {
      frame.addEventListener(name, (event) => this.pointers.delete(event.pointerId));
    }
    new ResizeObserver(() => {
      if (this.touched) this.apply();
      else if (this.homely) this.home();
      else this.fit();
    }).observe(frame);
  }

  /** Whether the pointer moved since it was pressed: then its release is no click. */
  get dragged(): boolean {
    return this.travel > CLICK_SLACK;
  }

  setSize(width: number, height: number): void {
    this.size = { width, height };
  }

  /** Shows the drawing so that it can be read: from its top, in the middle where there is room. */
  home(): void {
    this.place(READABLE_ZOOM);
    this.homely = true;
  }

  /** Shows all of the drawing, as large as it can be without being enlarged. */
  fit(): void {
    const view = this.view();
    const wide = view.width / this.size.width;
    const high = view.height / this.size.height;
    this.place(Math.max(LEAST_ZOOM, Math.min(1, wide, high)));
  }

  private place(zoom: number): void {
    const view = this.view();
    this.zoom = zoom;
    this.offsetX = Math.max(0, (view.width - this.size.width * zoom) / 2);
    this.offsetY = Math.max(0, (view.height - this.size.height * zoom) / 2);
    // A drawing that is a little wider than the view loses its margin first.
    if (this.size.width * zoom > view.width)
      this.offsetX = -Math.min(MARGIN, this.size.width * zoom - view.width);
    this.touched = false;
    this.homely = false;
    this.apply();
  }

  /** Zooms around the middle of the view. */
  zoomBy(factor: number): void {
    const view = this.view();
    this.zoomAround(factor, view.width / 2, view.height / 2);
  }

  panBy(x: number, y: number): void {
    this.touched = true;
    this.offsetX += x;
    this.offsetY += y;
    this.apply();
  }

  /** Moves as little as needed to show a part of the drawing, and zooms in where it could not be read. */
  show(part: Rectangle, readable = false): void {
    const view = this.view();
    if (readable && this.zoom < LEGIBLE_ZOOM) {
      this.zoom = READABLE_ZOOM;
      this.offsetX = view.width / 2 - (part.x + part.width / 2) * this.zoom;
      this.offsetY = view.height / 2 - (part.y + part.height / 2) * this.zoom;
    }
    const left = part.x * this.zoom + this.offsetX;
    const top = part.y * this.zoom + this.offsetY;
    const right = left + part.width * this.zoom;
    const bottom = top + part.height * this.zoom;
    const edge = 3 * MARGIN;
    if (left < edge) this.offsetX += edge - left;
    else if (right > view.width - edge) this.offsetX -= right - view.width + edge;
    if (top < edge) this.offsetY += edge - top;
    else if (bottom > view.height - edge) this.offsetY -= bottom - view.height + edge;
    this.touched = true;
    this.apply();
  }

  /** Shows the whole drawing on paper, until `endPrint`. */
  startPrint(): void {
    this.frame.setAttribute('viewBox', `0 0 ${this.size.width} ${this.size.height}`);
    this.scene.removeAttribute('transform');
  }

  endPrint(): void {
    this.frame.removeAttribute('viewBox');
    this.apply();
  }

  private view(): DOMRect {
    return this.frame.getBoundingClientRect();
  }

  private apply(): void {
    this.scene.setAttribute('transform', `translate(${this.offsetX} ${this.offsetY}) scale(${this.zoom})`);
    this.onZoom(this.zoom);
  }

  private zoomAround(factor: number, x: number, y: number): void {
    const zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, this.zoom * factor));
    this.offsetX = x - ((x - this.offsetX) / this.zoom) * zoom;
    this.offsetY = y - ((y - this.offsetY) / this.zoom) * zoom;
    this.zoom = zoom;
    this.touched = true;
    this.apply();
  }

  private onWheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    // Browsers tell a pinch on a touchpad as a wheel with the control key.
    if (event.ctrlKey || event.metaKey) {
      const view = this.view();
      const factor = Math.exp((-event.deltaY * unit) / 300);
      this.zoomAround(factor, event.clientX - view.left, event.clientY - view.top);
    } else if (event.shiftKey && event.deltaX === 0) this.panBy(-event.deltaY * unit, 0);
    else this.panBy(-event.deltaX * unit, -event.deltaY * unit);
  }

  private onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.travel = 0;
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  private onPointerMove(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...this.pointers]
      .filter(([id]) => id !== event.pointerId)
      .map(([, position]) => position);
    this.pointers.set(event.pointerId, now);
    this.travel += Math.hypot(now.x - before.x, now.y - before.y);
    if (!this.dragged) return;
    // Only now, so that a plain click still goes to the node under the pointer.
    this.frame.setPointerCapture(event.pointerId);
    if (other === undefined) {
      this.panBy(now.x - before.x, now.y - before.y);
      return;
    }
    const view = this.view();
    const spread =
      Math.hypot(now.x - other.x, now.y - other.y) /
      Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    this.zoomAround(spread, (now.x + other.x) / 2 - view.left, (now.y + other.y) / 2 - view.top);
    this.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
  }
}
