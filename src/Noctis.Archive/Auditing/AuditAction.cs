namespace Noctis.Archive.Auditing;

/// <summary>The names under which actions are kept. Stored: never renamed.</summary>
public static class AuditAction
{
    public const string FacilityCreated = "facility.create";
    public const string FacilityUpdated = "facility.update";
    public const string FacilitySuspended = "facility.suspend";
    public const string FacilityResumed = "facility.resume";
    public const string FacilityArchived = "facility.archive";
    public const string FacilityDeletionStarted = "facility.delete";
    public const string FacilityDeleted = "facility.deleted";
    public const string DeviceAdded = "device.add";
    public const string DeviceUpdated = "device.update";
    public const string DeviceRemoved = "device.remove";
    public const string AccountCreated = "account.create";
    public const string AccountDisabled = "account.disable";
    public const string AccountEnabled = "account.enable";
    public const string AdministratorSet = "account.administrator";
    public const string PasswordSet = "account.password";
    public const string SignedIn = "account.sign-in";
    public const string SignInFailed = "account.sign-in-failed";
    public const string SignedOut = "account.sign-out";
    public const string PasswordChanged = "account.password-changed";
    public const string MembershipSet = "membership.set";
    public const string MembershipRemoved = "membership.remove";
    public const string JobStarted = "job.run";
    public const string JobPaused = "job.pause";
    public const string JobResumed = "job.resume";
    public const string StudyDeleted = "study.delete";
    public const string StudyRestored = "study.restore";
    public const string StudyPinned = "study.pin";
    public const string StudyUnpinned = "study.unpin";
    public const string TrashEmptied = "trash.empty";
    public const string QuarantineReleased = "quarantine.release";
    public const string QuarantineDiscarded = "quarantine.discard";
    public const string StorageSettingsChanged = "storage.settings";
    public const string SettingsChanged = "facility.settings";
    public const string SettingsDefaultsChanged = "settings.defaults";
    public const string ListenerOrdered = "listener.order";
    public const string CallsDealtWith = "front-door.dismiss";
    public const string CallsReopened = "front-door.restore";
    public const string CertificateAdded = "certificate.add";
    public const string CertificateRemoved = "certificate.remove";
}
