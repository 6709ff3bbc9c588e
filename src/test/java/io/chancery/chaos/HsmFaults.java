package io.chancery.chaos;

import io.chancery.testing.FaultyModule;
import java.util.List;

/** What a token and its library do to their callers, by the real library between. */
final class HsmFaults {
  private HsmFaults() {}

  /** Every kind that the library between can play without an end that needs a person. */
  static List<Fault> of(FaultyModule module) {
    return List.of(
        fault(module, "signing fails", "C_Sign return 0x30"), // CKR_DEVICE_ERROR
        fault(module, "signing cannot begin", "C_SignInit return 0x6"), // CKR_FUNCTION_FAILED
        fault(module, "some signatures fail", "C_Sign return 0x5 7"), // CKR_GENERAL_ERROR
        fault(module, "signatures are lost", "C_Sign lose 0x30 5"),
        fault(module, "signatures are spoilt", "C_Sign corrupt 5"),
        fault(module, "operations stay active", "C_Sign leave-active 6"),
        fault(module, "key handles are invalid", "C_SignInit return 0x60 8"), // KEY_HANDLE_INVALID
        fault(module, "sessions are lost", "sessions-lost"),
        fault(module, "no session opens", "sessions-lost", "C_OpenSession return 0xb1"),
        fault(module, "the login fails", "sessions-lost", "C_Login return 0x30"),
        fault(module, "the token is gone", "token-gone"),
        fault(module, "the device is removed", "* return 0x32"), // CKR_DEVICE_REMOVED
        fault(module, "the library is wedged", "until-initialize 0x30"),
        fault(module, "signing is slow", "C_Sign delay 300"),
        fault(module, "two calls hang", "C_Sign hang 2"),
        fault(module, "every call to sign hangs", "C_Sign hang"));
  }

  private static Fault fault(FaultyModule module, String name, String... lines) {
    return Fault.of(Part.HSM, name, () -> module.fault(lines), module::heal);
  }
}
