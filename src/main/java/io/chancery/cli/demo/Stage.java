package io.chancery.cli.demo;

import io.chancery.cli.local.Addresses;
import java.util.random.RandomGenerator;

/** What every step of the story has at hand. */
record Stage(
    Addresses addresses,
    Tools tools,
    Workshop workshop,
    Shell shell,
    Transcript transcript,
    RandomGenerator random) {
  Api api() {
    return new Api(addresses, shell, workshop);
  }
}
