package io.chancery.inventory.pulse;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** What PostgreSQL, its driver or the pool complain of, in words for whoever reads the answer. */
public final class Complaint {
  public static final String NO_CONNECTION = "no connection became free in time";

  /** The standard's "transaction resolution unknown". */
  public static final String UNKNOWN_OUTCOME = "08007";

  /** The driver's word for a connection that is closed already. */
  public static final String CONNECTION_DOES_NOT_EXIST = "08003";

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";

  private Complaint() {}

  /** What happened, with its SQLSTATE where there is one. */
  public static String words(SQLException thrown) {
    String state = state(thrown);
    // The pool's own exceptions have no state.
    return state.isEmpty() ? NO_CONNECTION : words(state) + " (SQLSTATE " + state + ")";
  }

  /** Whether the database is in trouble, and not only two deeds at odds. */
  static boolean isTrouble(SQLException thrown) {
    return switch (state(thrown)) {
      case SERIALIZATION_FAILURE, DEADLOCK -> false;
      default -> true;
    };
  }

  /** Another transaction came first. */
  public static boolean isOvertaken(Throwable thrown) {
    return in(thrown).map(Complaint::state).filter(SERIALIZATION_FAILURE::equals).isPresent();
  }

  /** The server does not take more connections, and serves those that it has. */
  static boolean isFull(SQLException thrown) {
    return state(thrown).equals("53300");
  }

  /** Nothing was heard at all: no end of the connection, no refusal. */
  static boolean isSilence(SQLException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    // The driver's own word where a login takes too long.
    return String.valueOf(thrown.getMessage()).contains("timed out");
  }

  /**
   * Whether the pool gave up before there was a connection: where it stops one attempt in the
   * middle of a crowd, another one may be told of it, and with no SQLException.
   */
  public static boolean isOfPool(Throwable thrown) {
    return thrown instanceof InterruptedException || thrown instanceof CancellationException;
  }

  /** The database's own word behind an exception. */
  public static Optional<SQLException> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  private static String state(SQLException thrown) {
    return thrown.getSQLState() == null ? "" : thrown.getSQLState();
  }

  // PostgreSQL's documentation, appendix A.
  private static String words(String state) {
    return switch (state) {
      case "08001" -> "it cannot be reached";
      case UNKNOWN_OUTCOME -> "a commit was not confirmed";
      case "25006" -> "it is read-only";
      case SERIALIZATION_FAILURE -> "another transaction came first";
      case DEADLOCK -> "two transactions waited for each other";
      case "53100" -> "its disk is full";
      case "53200" -> "it has no memory left";
      case "53300" -> "all its connections are used";
      case "55000" -> "it takes no connections";
      case "55P03" -> "a lock was not given in time";
      case "57014" -> "a statement took too long";
      case "57P01" -> "it ended the connection";
      case "57P02" -> "it has crashed";
      case "57P03" -> "it is starting or stopping";
      case "57P05" -> "the connection was idle for too long";
      default -> ofClass(state);
    };
  }

  private static String ofClass(String state) {
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "08" -> "the connection broke";
      case "28" -> "it does not let this service in";
      case "53" -> "it lacks resources";
      case "58" -> "its machine is in trouble";
      case "XX" -> "it is damaged";
      default -> "it refused";
    };
  }
}
