package io.chancery.chaos.database;

/** Something on the way to the database. */
final class WireFault implements DatabaseFault {
  private final Wire wire;
  private final String name;
  private final Wire.Mood mood;

  WireFault(Wire wire, String name, Wire.Mood mood) {
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
    wire.set(mood);
  }

  @Override
  public void end() {
    wire.set(Wire.Mood.PASSES);
  }
}
