/**
 * How the relay is, in one word and with every reason: "degraded" means it runs and somebody should look. Pure; what is
 * looked at is gathered in operation-routes.ts.
 */

/** What health is made of. */
export interface Vitals {
  /** The last error of the store; null when its last write went well. */
  readonly storeTrouble: string | null;
  /** Rooms that were refused because what is stored of them is not what was written. */
  readonly damagedRooms: readonly string[];
  readonly isDraining: boolean;
  /** Rules of the gate that are watched and not enforced. */
  readonly observedRules: readonly string[];
  /** How long the event loop was kept waiting lately (99 of 100 turns were shorter). */
  readonly loopDelayMs: number;
  /** Free bytes where the data is; null when the system does not say. */
  readonly freeBytes: number | null;
}

export interface HealthLimits {
  readonly slowLoopMs: number;
  readonly lowDiskBytes: number;
}

type HealthReason = 'store-failed' | 'room-damaged' | 'draining' | 'rule-observed' | 'slow' | 'disk-low';

/** The reasons, the gravest first; none is "ok". */
export function healthReasons(vitals: Vitals, limits: HealthLimits): HealthReason[] {
  const reasons: HealthReason[] = [];
  if (vitals.storeTrouble !== null) reasons.push('store-failed');
  if (vitals.damagedRooms.length > 0) reasons.push('room-damaged');
  if (vitals.isDraining) reasons.push('draining');
  if (vitals.freeBytes !== null && vitals.freeBytes < limits.lowDiskBytes) reasons.push('disk-low');
  if (vitals.observedRules.length > 0) reasons.push('rule-observed');
  if (vitals.loopDelayMs > limits.slowLoopMs) reasons.push('slow');
  return reasons;
}
