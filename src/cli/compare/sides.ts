import { UsageError } from '../cliError.ts';
import type { Target, TargetOptions } from '../record/target.ts';
import { openTargets } from '../record/target.ts';

/** The two pages of an A/B comparison. */
export interface Sides {
  a: Target;
  b: Target;
  /** Closes their servers. */
  close(): Promise<void>;
}

export interface SideOptions {
  folderA: string | undefined;
  folderB: string | undefined;
  /** How targets are served; its folder is the one that both sides share. */
  serve: TargetOptions;
}

/** @throws CliError if there are not two, or one cannot be opened */
export async function openSides(
  given: readonly string[],
  { folderA, folderB, serve }: SideOptions,
): Promise<Sides> {
  if ((folderA === undefined) !== (folderB === undefined))
    throw new UsageError('Give both --serve-a and --serve-b, or neither.');
  const shared = folderA ?? serve.folder;
  if (given.length > 2 || (shared === undefined && given.length !== 2))
    throw new UsageError('Which two builds? Give two URLs or files, or --serve-a and --serve-b.');
  const [first, second = first] = given;
  const a = await openTarget(first, { ...serve, folder: folderA ?? serve.folder });
  try {
    const b = await openTarget(second, { ...serve, folder: folderB ?? serve.folder });
    return {
      a: a.target,
      b: b.target,
      close: async () => {
        await Promise.all([a.close(), b.close()]);
      },
    };
  } catch (error) {
    await a.close();
    throw error;
  }
}

async function openTarget(
  given: string | undefined,
  options: TargetOptions,
): Promise<{ target: Target; close(): Promise<void> }> {
  const { targets, close } = await openTargets(given === undefined ? [] : [given], options);
  const [target] = targets;
  if (target) return { target, close };
  await close();
  throw new UsageError('Which two builds? Give two URLs or files, or --serve-a and --serve-b.');
}
