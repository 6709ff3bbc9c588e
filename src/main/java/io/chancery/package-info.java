/**
 * The hall: what every room may use, and the map of the house.
 *
 * <p>{@link io.chancery.Failure} is everything that can go wrong, {@link io.chancery.PkiException}
 * its one carrier, {@link io.chancery.Caller} whoever stands behind a deed.
 *
 * <pre>
 * floor 5  doors     api  cli
 * floor 4  watch     rotation  canary  alerts  backup  audit
 * floor 3  deeds     enrolment  revocation  ocsp  filter
 * floor 2  signing   issuance  approval  timekeeping
 * floor 1  organs    hsm  profile  inventory  visibility  ledger  access
 * floor 0  ground    x509  warrant
 * </pre>
 *
 * <p>Imports go down. A certificate's way through the house is told in {@code enrolment.Enrolment}.
 */
@NullMarked
package io.chancery;

import org.jspecify.annotations.NullMarked;
