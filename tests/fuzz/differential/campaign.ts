import { fileURLToPath } from 'node:url';
import { type CampaignOptions, type CampaignResult, runCampaign } from '../campaign.ts';

const program = fileURLToPath(new URL('./worker.ts', import.meta.url));

/**
 * The worker's own time and memory, PDF.js' thread for the comparison included; what draws are other processes with
 * bounds of theirs.
 */
const bounds = { cpuMs: 30_000, memoryMb: 1500 } as const;

/** Compares `count` inputs in worker processes; `corpus` is a file of bases (`saveBases`). */
export function runDifferential(options: CampaignOptions): Promise<CampaignResult> {
  return runCampaign({ ...bounds, ...options, program });
}
