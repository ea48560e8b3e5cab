using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noctis.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    TimeUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ActorKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AboutFacilityId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Facilities",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    AETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Port = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ChangedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Facilities", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FrontDoorEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    TimeUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    RemoteAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CallingAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    CalledAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    LocalPort = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FrontDoorEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Roles",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Roles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Users",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    DisplayName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    IsDisabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    MustChangePassword = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSignInUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PhoneNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PhoneNumberConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "TEXT", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Users", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ArrivalHours",
                columns: table => new
                {
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HourUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Studies = table.Column<int>(type: "INTEGER", nullable: false),
                    Images = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ArrivalHours", x => new { x.FacilityId, x.HourUtc });
                    table.ForeignKey(
                        name: "FK_ArrivalHours_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Devices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Description = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ExpectedAddress = table.Column<string>(type: "TEXT", maxLength: 253, nullable: true),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSeenUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastSeenAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Devices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Devices_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FacilityUsage",
                columns: table => new
                {
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Studies = table.Column<long>(type: "INTEGER", nullable: false),
                    Series = table.Column<long>(type: "INTEGER", nullable: false),
                    Instances = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    LastReceivedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSourceAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FacilityUsage", x => x.FacilityId);
                    table.ForeignKey(
                        name: "FK_FacilityUsage_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "JournalEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TimeUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    RemoteAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CallingAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    CalledAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    LocalPort = table.Column<int>(type: "INTEGER", nullable: false),
                    DeviceId = table.Column<long>(type: "INTEGER", nullable: true),
                    Images = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    DurationMs = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalEntries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_JournalEntries_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Patients",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PatientKey = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PatientID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    IssuerOfPatientID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PatientName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PatientNameDisplay = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PatientNameFolded = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    PatientIDFolded = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PatientBirthDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PatientBirthTime = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    PatientSex = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    OtherPatientIDs = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    OtherPatientNames = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    EthnicGroup = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    PatientComments = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    CreatedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UpdatedUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Patients", x => x.Id);
                    table.UniqueConstraint("AK_Patients_FacilityId_Id", x => new { x.FacilityId, x.Id });
                    table.ForeignKey(
                        name: "FK_Patients_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RoleClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RoleId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClaimType = table.Column<string>(type: "TEXT", nullable: true),
                    ClaimValue = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoleClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RoleClaims_Roles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "Roles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Memberships",
                columns: table => new
                {
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Memberships", x => new { x.FacilityId, x.UserId });
                    table.ForeignKey(
                        name: "FK_Memberships_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Memberships_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClaimType = table.Column<string>(type: "TEXT", nullable: true),
                    ClaimValue = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UserClaims_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProviderKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "TEXT", nullable: true),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_UserLogins_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserPasskeys",
                columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserPasskeys", x => x.CredentialId);
                    table.ForeignKey(
                        name: "FK_UserPasskeys_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserRoles",
                columns: table => new
                {
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RoleId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserRoles", x => new { x.UserId, x.RoleId });
                    table.ForeignKey(
                        name: "FK_UserRoles_Roles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "Roles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_UserRoles_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserTokens",
                columns: table => new
                {
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_UserTokens_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Studies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PatientRecordId = table.Column<long>(type: "INTEGER", nullable: false),
                    StudyInstanceUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PatientName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PatientNameDisplay = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PatientNameFolded = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    PatientID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PatientIDFolded = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    IssuerOfPatientID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PatientBirthDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PatientSex = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    StudyDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    StudyTime = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    AccessionNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    AccessionNumberFolded = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StudyID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    StudyDescription = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    ReferringPhysicianName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NameOfPhysiciansReadingStudy = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    AdmittingDiagnosesDescription = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PatientAge = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    PatientSize = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    PatientWeight = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    Occupation = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    AdditionalPatientHistory = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    RequestedProcedureID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ModalitiesInStudy = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    SearchText = table.Column<string>(type: "TEXT", maxLength: 800, nullable: false),
                    NumberOfSeries = table.Column<int>(type: "INTEGER", nullable: false),
                    NumberOfInstances = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstReceivedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastReceivedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SourceAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    EarlierPatientIDs = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Studies", x => x.Id);
                    table.UniqueConstraint("AK_Studies_FacilityId_Id", x => new { x.FacilityId, x.Id });
                    table.ForeignKey(
                        name: "FK_Studies_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Studies_Patients_FacilityId_PatientRecordId",
                        columns: x => new { x.FacilityId, x.PatientRecordId },
                        principalTable: "Patients",
                        principalColumns: new[] { "FacilityId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Series",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StudyId = table.Column<long>(type: "INTEGER", nullable: false),
                    SeriesInstanceUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Modality = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    SeriesNumber = table.Column<int>(type: "INTEGER", nullable: true),
                    SeriesDescription = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    SeriesDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SeriesTime = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    BodyPartExamined = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Laterality = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    PatientPosition = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    ProtocolName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    StationName = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    InstitutionName = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    InstitutionalDepartmentName = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Manufacturer = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    ManufacturerModelName = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    PerformingPhysicianName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    OperatorsName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PerformedProcedureStepStartDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PerformedProcedureStepStartTime = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    PerformedProcedureStepID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PerformedProcedureStepDescription = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    FrameOfReferenceUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    NumberOfInstances = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstReceivedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastReceivedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SourceAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Series", x => x.Id);
                    table.UniqueConstraint("AK_Series_FacilityId_Id", x => new { x.FacilityId, x.Id });
                    table.ForeignKey(
                        name: "FK_Series_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Series_Studies_FacilityId_StudyId",
                        columns: x => new { x.FacilityId, x.StudyId },
                        principalTable: "Studies",
                        principalColumns: new[] { "FacilityId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Instances",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SeriesId = table.Column<long>(type: "INTEGER", nullable: false),
                    SOPInstanceUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SOPClassUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TransferSyntaxUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    InstanceNumber = table.Column<int>(type: "INTEGER", nullable: true),
                    Rows = table.Column<int>(type: "INTEGER", nullable: true),
                    Columns = table.Column<int>(type: "INTEGER", nullable: true),
                    NumberOfFrames = table.Column<int>(type: "INTEGER", nullable: true),
                    BitsAllocated = table.Column<int>(type: "INTEGER", nullable: true),
                    PhotometricInterpretation = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    ImageType = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    ContentDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ContentTime = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    AcquisitionDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AcquisitionTime = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    AcquisitionNumber = table.Column<int>(type: "INTEGER", nullable: true),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    StoragePath = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ReceivedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SourceAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    SourceAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TimesReceived = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Instances", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Instances_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Instances_Series_FacilityId_SeriesId",
                        columns: x => new { x.FacilityId, x.SeriesId },
                        principalTable: "Series",
                        principalColumns: new[] { "FacilityId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AboutFacilityId_Id",
                table: "AuditEntries",
                columns: new[] { "AboutFacilityId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Devices_FacilityId_AETitle",
                table: "Devices",
                columns: new[] { "FacilityId", "AETitle" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Facilities_AETitle",
                table: "Facilities",
                column: "AETitle",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Facilities_Port",
                table: "Facilities",
                column: "Port",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Instances_FacilityId_SeriesId_SOPInstanceUID",
                table: "Instances",
                columns: new[] { "FacilityId", "SeriesId", "SOPInstanceUID" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Instances_FacilityId_SOPInstanceUID",
                table: "Instances",
                columns: new[] { "FacilityId", "SOPInstanceUID" });

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_FacilityId_Id",
                table: "JournalEntries",
                columns: new[] { "FacilityId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_FacilityId_Outcome_TimeUtc",
                table: "JournalEntries",
                columns: new[] { "FacilityId", "Outcome", "TimeUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_UserId",
                table: "Memberships",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Patients_FacilityId_PatientIDFolded",
                table: "Patients",
                columns: new[] { "FacilityId", "PatientIDFolded" });

            migrationBuilder.CreateIndex(
                name: "IX_Patients_FacilityId_PatientKey",
                table: "Patients",
                columns: new[] { "FacilityId", "PatientKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Patients_FacilityId_PatientNameFolded",
                table: "Patients",
                columns: new[] { "FacilityId", "PatientNameFolded" });

            migrationBuilder.CreateIndex(
                name: "IX_RoleClaims_RoleId",
                table: "RoleClaims",
                column: "RoleId");

            migrationBuilder.CreateIndex(
                name: "RoleNameIndex",
                table: "Roles",
                column: "NormalizedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Series_FacilityId_Modality_StudyId",
                table: "Series",
                columns: new[] { "FacilityId", "Modality", "StudyId" });

            migrationBuilder.CreateIndex(
                name: "IX_Series_FacilityId_SeriesInstanceUID",
                table: "Series",
                columns: new[] { "FacilityId", "SeriesInstanceUID" });

            migrationBuilder.CreateIndex(
                name: "IX_Series_FacilityId_StudyId_SeriesInstanceUID",
                table: "Series",
                columns: new[] { "FacilityId", "StudyId", "SeriesInstanceUID" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_AccessionNumberFolded",
                table: "Studies",
                columns: new[] { "FacilityId", "AccessionNumberFolded" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_FirstReceivedUtc",
                table: "Studies",
                columns: new[] { "FacilityId", "FirstReceivedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_LastReceivedUtc",
                table: "Studies",
                columns: new[] { "FacilityId", "LastReceivedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_PatientIDFolded",
                table: "Studies",
                columns: new[] { "FacilityId", "PatientIDFolded" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_PatientNameFolded",
                table: "Studies",
                columns: new[] { "FacilityId", "PatientNameFolded" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_PatientRecordId",
                table: "Studies",
                columns: new[] { "FacilityId", "PatientRecordId" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_StudyDate",
                table: "Studies",
                columns: new[] { "FacilityId", "StudyDate" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_StudyInstanceUID",
                table: "Studies",
                columns: new[] { "FacilityId", "StudyInstanceUID" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UserClaims_UserId",
                table: "UserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserLogins_UserId",
                table: "UserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserPasskeys_UserId",
                table: "UserPasskeys",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserRoles_RoleId",
                table: "UserRoles",
                column: "RoleId");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "Users",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "Users",
                column: "NormalizedUserName",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ArrivalHours");

            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "Devices");

            migrationBuilder.DropTable(
                name: "FacilityUsage");

            migrationBuilder.DropTable(
                name: "FrontDoorEntries");

            migrationBuilder.DropTable(
                name: "Instances");

            migrationBuilder.DropTable(
                name: "JournalEntries");

            migrationBuilder.DropTable(
                name: "Memberships");

            migrationBuilder.DropTable(
                name: "RoleClaims");

            migrationBuilder.DropTable(
                name: "UserClaims");

            migrationBuilder.DropTable(
                name: "UserLogins");

            migrationBuilder.DropTable(
                name: "UserPasskeys");

            migrationBuilder.DropTable(
                name: "UserRoles");

            migrationBuilder.DropTable(
                name: "UserTokens");

            migrationBuilder.DropTable(
                name: "Series");

            migrationBuilder.DropTable(
                name: "Roles");

            migrationBuilder.DropTable(
                name: "Users");

            migrationBuilder.DropTable(
                name: "Studies");

            migrationBuilder.DropTable(
                name: "Patients");

            migrationBuilder.DropTable(
                name: "Facilities");
        }
    }
}
