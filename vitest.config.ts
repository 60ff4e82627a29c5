import { defineConfig } from 'vitest/config';

// Files that start a browser run one after the other, as a browser takes most of a small machine.
const oneByOne = {
  maxWorkers: 1,
  fileParallelism: false,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          ...oneByOne,
        },
      },
      {
        test: {
          name: 'extension',
          include: ['test/extension/**/*.test.ts'],
          sequence: { groupOrder: 2 },
          ...oneByOne,
        },
      },
      {
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          sequence: { groupOrder: 3 },
          ...oneByOne,
        },
      },
    ],
  },
});
