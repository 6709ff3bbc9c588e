package io.chancery.revocation.compromise;

import io.chancery.inventory.BlockedKeys;
import io.chancery.x509.Thumbprint;

/**
 * Fired when somebody reports a key of the authority's own, after the report stands on the roll.
 *
 * @param whose which key it is, in words
 * @param by the caller's name
 */
public record OwnKeyReported(Thumbprint key, String whose, BlockedKeys.Proof proof, String by) {}
