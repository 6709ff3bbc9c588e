package io.chancery.ocsp;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** This replica's shelf. */
final class ShelfProducer {
  @Produces
  @Singleton
  AnswerShelf shelf() {
    return new AnswerShelf(new AnswerForms());
  }
}
