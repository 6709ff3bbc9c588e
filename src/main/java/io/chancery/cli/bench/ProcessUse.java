package io.chancery.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes have used so far, from {@code /proc}. */
final class ProcessUse {
  /** USER_HZ, which Linux shows to programs on every architecture. */
  private static final double TICKS = 100;

  /** proc(5): behind the name in parentheses the fields from 3, state, on. */
  private static final int AFTER_NAME = 3;

  private static final int UTIME = 14;
  private static final int STIME = 15;
  private static final int CUTIME = 16;
  private static final int CSTIME = 17;
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  private ProcessUse() {}

  /** CPU seconds of one process, user and system. */
  static double cpuSeconds(long pid) {
    String[] fields = fields(pid);
    return (field(fields, UTIME) + field(fields, STIME)) / TICKS;
  }

  /** CPU seconds of a process, its children, and those of its children that have ended. */
  static double familyCpuSeconds(long pid) {
    String[] own = fields(pid);
    double ended = (field(own, CUTIME) + field(own, CSTIME)) / TICKS;
    double alive =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToDouble(child -> cpuSeconds(child.pid()))
            .sum();
    return cpuSeconds(pid) + ended + alive;
  }

  /** Memory that a process has in RAM, in octets. */
  static long residentOctets(long pid) {
    Matcher line = RESIDENT.matcher(read(Path.of("/proc/" + pid + "/status")));
    return line.find() ? Long.parseLong(line.group(1)) * 1024 : 0;
  }

  private static String[] fields(long pid) {
    String stat = read(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(Math.max(0, stat.lastIndexOf(')') + 1)).strip().split(" ");
  }

  private static double field(String[] fields, int number) {
    OptionalLong value =
        Stream.of(fields)
            .skip(number - AFTER_NAME)
            .limit(1)
            .filter(one -> !one.isEmpty())
            .mapToLong(Long::parseLong)
            .findFirst();
    return value.orElse(0);
  }

  /** Nothing of a process that has just ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException ended) {
      return "";
    }
  }
}
