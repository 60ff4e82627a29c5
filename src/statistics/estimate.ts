/** A value with its standard error, which is 0 where the value is exact. */
export interface Estimate {
  value: number;
  /**
   * Value ± 1.96 errors contains the true value in 95 of 100 cases. With few samples the error is
   * larger than the textbook's, so that this remains true.
   */
  error: number;
}

/** Half the width of the 95 % interval. */
export const halfWidth = ({ error }: Estimate): number => 1.96 * error;
