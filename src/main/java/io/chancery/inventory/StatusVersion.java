package io.chancery.inventory;

import io.chancery.x509.SerialNumber;

/** A certificate's status, by how often it has changed. */
public record StatusVersion(SerialNumber serial, int version) {
  public static StatusVersion of(StatusChange change) {
    return new StatusVersion(change.serial(), change.version());
  }
}
