package io.chancery.chaos.database;

import java.util.function.Consumer;

/** Something on the way to the database. */
final class WireFault implements DatabaseFault {
  private final Consumer<Wire.Mood> wire;
  private final String name;
  private final Wire.Mood mood;

  WireFault(Consumer<Wire.Mood> wire, String name, Wire.Mood mood) {
    this.wire = wire;
    this.name = name;
    this.mood = mood;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void begin() {
    wire.accept(mood);
  }

  @Override
  public void end() {
    wire.accept(Wire.Mood.PASSES);
  }
}
