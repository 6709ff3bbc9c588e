package io.chancery.cli.bench;

import java.util.Locale;

/**
 * A line of the table of goals.
 *
 * @param name for programs
 * @param value what was measured; not a number where it could not be
 * @param note how the value came about
 */
public record Line(String name, String what, Goal goal, double value, String note) {
  /** What the value is held against. */
  public sealed interface Goal {
    double value();

    String unit();

    boolean isReachedBy(double value);

    record AtLeast(double value, String unit) implements Goal {
      @Override
      public boolean isReachedBy(double measured) {
        return measured >= value;
      }
    }

    record AtMost(double value, String unit) implements Goal {
      @Override
      public boolean isReachedBy(double measured) {
        return measured <= value;
      }
    }
  }

  boolean isReached() {
    return goal.isReachedBy(value);
  }

  String goalText() {
    String sign =
        switch (goal) {
          case Goal.AtLeast _ -> ">=";
          case Goal.AtMost _ -> "<=";
        };
    return sign + " " + number(goal.value()) + goal.unit();
  }

  String valueText() {
    return Double.isNaN(value) ? "-" : number(value) + goal.unit();
  }

  static String number(double value) {
    String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
