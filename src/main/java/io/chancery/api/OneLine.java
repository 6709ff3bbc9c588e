package io.chancery.api;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Texts of a request that are kept or compared as they are: one line, nothing invisible. */
public final class OneLine {
  private static final int LONGEST = 200;

  private OneLine() {}

  public static String of(String name, String text) {
    if (text.length() > LONGEST || !text.codePoints().allMatch(OneLine::visible)) {
      throw malformed(name, "must be at most " + LONGEST + " visible characters on one line");
    }
    return text;
  }

  /** A list that may be left out; its members may not. */
  public static List<String> all(String name, @Nullable List<@Nullable String> texts) {
    if (texts == null) {
      return List.of();
    }
    if (texts.stream().anyMatch(Objects::isNull)) {
      throw malformed(name, "has a null among its members");
    }
    return texts.stream().map(text -> Objects.requireNonNull(text)).toList();
  }

  /** No control, no direction mark, no half of a surrogate pair: a table could not keep it. */
  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static PkiException malformed(String name, String reason) {
    return new Failure.Malformed(name, "", reason, "Chancery API").thrown();
  }
}
