package io.chancery.revocation;

import io.chancery.issuance.CrlContent;
import io.chancery.issuance.CrlKind;
import java.util.Optional;

/**
 * A CRL that has its number and is not signed yet.
 *
 * @param snapshot what it has seen
 */
record CrlDraft(CrlSlot slot, CrlContent content, String snapshot) {
  long number() {
    return content.number().longValueExact();
  }

  Optional<Long> base() {
    return content.kind() instanceof CrlKind.Delta delta
        ? Optional.of(delta.base().longValueExact())
        : Optional.empty();
  }
}
