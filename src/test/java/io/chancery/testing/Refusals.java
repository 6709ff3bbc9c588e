package io.chancery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.chancery.Failure;
import io.chancery.PkiException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Reads the failure out of what a call throws; anything but a {@link PkiException} is an error. */
public final class Refusals {
  private Refusals() {}

  /** The failure that the call ends in. */
  public static Failure of(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(PkiException.class);
    return ((PkiException) thrown).failure();
  }

  /** The same, where nothing but {@code Malformed} will do. */
  public static Failure.Malformed malformed(ThrowingCallable call) {
    Failure failure = of(call);
    assertThat(failure).isInstanceOf(Failure.Malformed.class);
    Failure.Malformed malformed = (Failure.Malformed) failure;
    assertThat(malformed.reason()).isNotBlank();
    assertThat(malformed.clause()).isNotBlank();
    assertIsPlain(malformed.detail());
    return malformed;
  }

  /** No control, no line end, no direction mark: fit for a log line. */
  public static void assertIsPlain(String text) {
    assertThat(text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)).as(text).isTrue();
  }
}
