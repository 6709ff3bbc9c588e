package io.chancery;

import java.time.Duration;
import java.util.List;

/**
 * Everything that can go wrong and is not a bug. Each kind carries facts; a door maps the kind to
 * its protocol's answer in one exhaustive switch. What is thrown and is not a {@code Failure} is a
 * bug.
 *
 * <p>The texts may quote input only in its escaped form ({@link Quoted}).
 */
public sealed interface Failure {
  /** What happened, for the person who reads the answer; never a secret, never raw input. */
  String detail();

  /** What that person can do about it; empty where nothing helps but waiting. */
  default String remedy() {
    return "";
  }

  /** The input breaks its own format: the sender must change it. {@code clause} names the rule. */
  record Malformed(String what, String where, String reason, String clause) implements Failure {
    @Override
    public String detail() {
      return where.isEmpty() ? what + ": " + reason : what + ", " + where + ": " + reason;
    }
  }

  /** The input is well formed and policy says no. {@code rule} is the rule's name. */
  record Refused(String rule, String reason, String remedy) implements Failure {
    @Override
    public String detail() {
      return reason;
    }
  }

  /** The certificate that would be signed breaks a rule of its standard; nothing was signed. */
  record LintFailed(List<Finding> findings) implements Failure {
    /** One broken rule: its name, the clause it enforces, what was found. */
    public record Finding(String rule, String clause, String found) {}

    public LintFailed {
      findings = List.copyOf(findings);
    }

    @Override
    public String detail() {
      StringBuilder text = new StringBuilder("the certificate would break its standard");
      for (Finding finding : findings) {
        text.append("; ")
            .append(finding.rule())
            .append(" (")
            .append(finding.clause())
            .append("): ")
            .append(finding.found());
      }
      return text.toString();
    }

    @Override
    public String remedy() {
      return "change the request, or ask an operator to look at the profile";
    }
  }

  /** There is no such thing, or it is not the caller's: the two are told apart by nobody. */
  record NotFound(String what, String id) implements Failure {
    @Override
    public String detail() {
      return "no " + what + " " + id;
    }
  }

  /** Nobody is known behind the request. */
  record Unauthenticated(String reason, String remedy) implements Failure {
    @Override
    public String detail() {
      return reason;
    }
  }

  /** The caller is known and may not. */
  record Forbidden(String deed, String need) implements Failure {
    @Override
    public String detail() {
      return deed + " needs " + need;
    }

    @Override
    public String remedy() {
      return "use a credential that has it, or ask an operator";
    }
  }

  /** More octets, items or characters than the limit. */
  record TooLarge(String what, long limit, String unit) implements Failure {
    @Override
    public String detail() {
      return what + " is larger than " + limit + " " + unit;
    }
  }

  /** The thing is in a state in which the deed makes no sense. */
  record Conflict(String what, String state, String remedy) implements Failure {
    @Override
    public String detail() {
      return what + " " + state;
    }
  }

  /** A part that the deed needs is away; trying again after {@code retryAfter} makes sense. */
  record Unavailable(String part, String reason, Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return part + " is away: " + reason;
    }

    @Override
    public String remedy() {
      return "try again in " + retryAfter.toSeconds() + " s";
    }
  }

  /** A bounded queue is full, or a limit of a caller is used up. */
  record Busy(String part, Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return part + " has more work than it takes";
    }

    @Override
    public String remedy() {
      return "try again in " + retryAfter.toSeconds() + " s";
    }
  }

  /** The caller asks more than it may; {@code allowed} says how much that is. */
  record TooManyRequests(String what, String allowed, Duration retryAfter, String remedy)
      implements Failure {
    @Override
    public String detail() {
      return what + "; allowed: " + allowed;
    }
  }

  /** What the operator wrote cannot be run; the start is refused with this one line. */
  record Misconfigured(String where, String reason, String remedy) implements Failure {
    @Override
    public String detail() {
      return where + ": " + reason;
    }
  }

  /** The signature that came out is not the promise that went in: nothing is handed out. */
  record BrokenPromise(String what, String difference) implements Failure {
    @Override
    public String detail() {
      return what + " differs from what was promised: " + difference;
    }
  }

  /** Shorthand so that call sites read {@code throw new Failure.NotFound(...).thrown()}. */
  default PkiException thrown() {
    return new PkiException(this);
  }

  /** The same with the exception that showed it. */
  default PkiException because(Throwable cause) {
    return new PkiException(this, cause);
  }
}
