package io.chancery.inventory;

/** Takes what a CRL lists, in serial order, without an object for each. */
public interface Listing {
  /** Says that there is no invalidity date. */
  long NO_DATE = Long.MIN_VALUE;

  /**
   * The next one.
   *
   * @param serial as the contents of an INTEGER; the array is used again for the next one
   * @param length how many of its octets count
   * @param since in seconds since 1970, as {@code invalidityDate}, which may be {@link #NO_DATE}
   * @param reason RFC 5280's number; 8, removeFromCRL, for one that is no longer listed
   */
  void entry(byte[] serial, int length, long since, int reason, long invalidityDate);
}
