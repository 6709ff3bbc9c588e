package io.chancery.deploy;

import java.util.regex.Pattern;

/** An image whose registry is named and whose contents do not change under the name. */
final class PinnedImage {
  private static final Pattern SHAPE =
      Pattern.compile(
          "[a-z0-9.-]+\\.[a-z]+/[a-z0-9./-]+(:(?!latest$)[\\w.-]+|@sha256:[0-9a-f]{64})");

  private PinnedImage() {}

  static boolean is(String image) {
    return SHAPE.matcher(image).matches();
  }
}
