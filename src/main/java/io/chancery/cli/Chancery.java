package io.chancery.cli;

import io.chancery.cli.bench.Bench;
import io.chancery.cli.ceremony.CeremonyCommand;
import io.chancery.cli.demo.Demo;
import io.chancery.cli.node.ExportStatus;
import io.chancery.cli.serve.AcceptLoss;
import io.chancery.cli.serve.Appoint;
import io.chancery.cli.serve.Boot;
import io.chancery.cli.serve.Serve;
import io.chancery.cli.up.Up;
import io.chancery.cli.witness.WitnessCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 done, 1 it failed and said why, 2 the command line is wrong. Only
 * {@code up} boots the service; every other command is an ordinary, quick program.
 */
@QuarkusMain
@Command(
    name = "chancery",
    header = "An internal certificate authority for mutual TLS.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Begin with: chancery up", "More on a command: chancery help COMMAND"})
public final class Chancery implements Runnable {
  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          Up.class,
          Status.class,
          Enrol.class,
          Renew.class,
          Revoke.class,
          RevokeMany.class,
          ReportKey.class,
          Approvals.class,
          Approve.class,
          Reject.class,
          Withdraw.class,
          Halt.class,
          Resume.class,
          Alerts.class,
          Demo.class,
          VerifyLedger.class,
          CheckFilter.class,
          CeremonyCommand.class,
          BackupCommand.class,
          RestoreCommand.class,
          ExportStatus.class,
          Serve.class,
          Appoint.class,
          AcceptLoss.class,
          WitnessCommand.class,
          Bench.class,
          Chaos.class,
          Rehearse.class,
          HelpCommand.class);

  /** What boots the service, and what everybody waits for. */
  private static final String UP = "up";

  @Option(
      names = "--stack",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure as well.")
  private boolean stack;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String... arguments) {
    if (arguments.length > 0 && arguments[0].equals(UP)) {
      Boot.begin();
    }
    System.exit(
        run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
  }

  /** Runs one command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Chancery chancery = new Chancery();
    return line(chancery, arguments)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Chancery::misused)
        .setExecutionExceptionHandler(
            (problem, command, parsed) -> {
              Complaint.of(problem).print(err);
              if (chancery.stack) {
                problem.printStackTrace(err);
              }
              return command.getCommandSpec().exitCodeOnExecutionException();
            })
        .execute(arguments);
  }

  /** The command line with every command. */
  static CommandLine whole() {
    return line(new Chancery());
  }

  /**
   * The command line as far as {@code arguments} need it: reading what all commands are takes half
   * a second of a start, so that whoever names one has only that one read.
   */
  private static CommandLine line(Chancery chancery, String... arguments) {
    CommandLine line = new CommandLine(chancery);
    Optional<Class<?>> named = Stream.of(arguments).limit(1).flatMap(Chancery::named).findFirst();
    named.map(List::<Class<?>>of).orElse(COMMANDS).forEach(line::addSubcommand);
    return line;
  }

  private static Stream<Class<?>> named(String argument) {
    return COMMANDS.stream()
        .filter(command -> command != HelpCommand.class) // it tells of the others
        .filter(command -> command.getAnnotation(Command.class).name().equals(argument));
  }

  /** No command at all: the help, and the exit code of a wrong command line. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int misused(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("chancery: " + problem.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
      err.println(usage(command));
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String usage(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    return name.equals("chancery")
        ? command.getUsageMessage()
        : "See: chancery help " + command.getCommandName();
  }
}
