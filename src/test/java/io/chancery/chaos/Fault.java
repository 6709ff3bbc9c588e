package io.chancery.chaos;

/** Something that breaks, and comes back. */
public interface Fault {
  /** A few words, the same for each time that it happens. */
  String name();

  Part part();

  /** Breaks it; returns at once. */
  void begin();

  /** Ends what was broken; afterwards the part is there again. */
  void end();

  static Fault of(Part part, String name, Runnable begin, Runnable end) {
    return new Fault() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Part part() {
        return part;
      }

      @Override
      public void begin() {
        begin.run();
      }

      @Override
      public void end() {
        end.run();
      }
    };
  }
}
