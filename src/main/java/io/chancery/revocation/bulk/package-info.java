/**
 * Revoking many certificates in one step: who would be hit, the exact list that people approve, and
 * the step itself.
 *
 * <p>The list's octets are what is approved; the step is one transaction, so that no CRL and no
 * OCSP answer shows half of it, and a crash leaves nothing or all. What does not live here: the SQL
 * over many certificates ({@code inventory.mass}), who must approve ({@code approval}).
 *
 * <p>Start reading at {@link io.chancery.revocation.bulk.BulkRevocations}, then {@link
 * io.chancery.revocation.bulk.Step}.
 */
@NullMarked
@Room(
    floor = 3,
    mayImport = {
      "inventory",
      "mass",
      "sql",
      "ledger",
      "access",
      "revocation",
      "approval",
      "warrant"
    })
package io.chancery.revocation.bulk;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
