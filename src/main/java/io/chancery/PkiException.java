package io.chancery;

/** The one exception that carries a {@link Failure} from where it is found to the door. */
public final class PkiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public PkiException(Failure failure) {
    super(failure.getClass().getSimpleName() + ": " + failure.detail());
    this.failure = failure;
  }

  /** A failure with the exception that showed it, kept for the log and never for the answer. */
  public PkiException(Failure failure, Throwable cause) {
    super(failure.getClass().getSimpleName() + ": " + failure.detail(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
