/** What stands where data have nothing. */
export const BLANK = <em class="blank">blank</em>;
