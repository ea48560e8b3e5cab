using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Noctis.Migrations.PostgreSql.Migrations
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    TimeUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ActorKind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    ActorId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    ActorName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    Action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    AboutFacilityId = table.Column<Guid>(type: "uuid", nullable: true),
                    SubjectId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Detail = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Facilities",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    AETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    Port = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChangedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Facilities", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FrontDoorEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    TimeUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    RemoteAddress = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    CallingAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    CalledAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    LocalPort = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FrontDoorEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Roles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ConcurrencyStamp = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Roles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Users",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DisplayName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    IsDisabled = table.Column<bool>(type: "boolean", nullable: false),
                    MustChangePassword = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastSignInUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedUserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedEmail = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C"),
                    SecurityStamp = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    ConcurrencyStamp = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PhoneNumber = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PhoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Users", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ArrivalHours",
                columns: table => new
                {
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    HourUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Studies = table.Column<int>(type: "integer", nullable: false),
                    Images = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false)
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    AETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    Description = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    ExpectedAddress = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: true, collation: "C"),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastSeenUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LastSeenAddress = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C")
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
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    Studies = table.Column<long>(type: "bigint", nullable: false),
                    Series = table.Column<long>(type: "bigint", nullable: false),
                    Instances = table.Column<long>(type: "bigint", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    LastReceivedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastSourceAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C")
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    TimeUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Outcome = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    RemoteAddress = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    CallingAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    CalledAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    LocalPort = table.Column<int>(type: "integer", nullable: false),
                    DeviceId = table.Column<long>(type: "bigint", nullable: true),
                    Images = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    DurationMs = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: true),
                    Reason = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: true, collation: "C")
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    PatientID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    IssuerOfPatientID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PatientName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    PatientNameDisplay = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    PatientNameFolded = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    PatientIDFolded = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    PatientBirthDate = table.Column<DateOnly>(type: "date", nullable: true),
                    PatientBirthTime = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    PatientSex = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    OtherPatientIDs = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    OtherPatientNames = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    EthnicGroup = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true, collation: "C"),
                    PatientComments = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    UpdatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RoleId = table.Column<Guid>(type: "uuid", nullable: false),
                    ClaimType = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ClaimValue = table.Column<string>(type: "text", nullable: true, collation: "C")
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
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    Role = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    ClaimType = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ClaimValue = table.Column<string>(type: "text", nullable: true, collation: "C")
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
                    LoginProvider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    ProviderKey = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    ProviderDisplayName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false)
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
                    CredentialId = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    Data = table.Column<string>(type: "jsonb", nullable: false)
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
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    RoleId = table.Column<Guid>(type: "uuid", nullable: false)
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
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    LoginProvider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "text", nullable: true, collation: "C")
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientRecordId = table.Column<long>(type: "bigint", nullable: false),
                    StudyInstanceUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    PatientName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    PatientNameDisplay = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    PatientNameFolded = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    PatientID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PatientIDFolded = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    IssuerOfPatientID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PatientBirthDate = table.Column<DateOnly>(type: "date", nullable: true),
                    PatientSex = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    StudyDate = table.Column<DateOnly>(type: "date", nullable: true),
                    StudyTime = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    AccessionNumber = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    AccessionNumberFolded = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    StudyID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    StudyDescription = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    ReferringPhysicianName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    NameOfPhysiciansReadingStudy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    AdmittingDiagnosesDescription = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    PatientAge = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    PatientSize = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    PatientWeight = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    Occupation = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    AdditionalPatientHistory = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true, collation: "C"),
                    RequestedProcedureID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    ModalitiesInStudy = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    SearchText = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false, collation: "C"),
                    NumberOfSeries = table.Column<int>(type: "integer", nullable: false),
                    NumberOfInstances = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    FirstReceivedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastReceivedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SourceAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    EarlierPatientIDs = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C")
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    StudyId = table.Column<long>(type: "bigint", nullable: false),
                    SeriesInstanceUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Modality = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    SeriesNumber = table.Column<int>(type: "integer", nullable: true),
                    SeriesDescription = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    SeriesDate = table.Column<DateOnly>(type: "date", nullable: true),
                    SeriesTime = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    BodyPartExamined = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Laterality = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    PatientPosition = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    ProtocolName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    StationName = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    InstitutionName = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    InstitutionalDepartmentName = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    Manufacturer = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    ManufacturerModelName = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    PerformingPhysicianName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    OperatorsName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    PerformedProcedureStepStartDate = table.Column<DateOnly>(type: "date", nullable: true),
                    PerformedProcedureStepStartTime = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    PerformedProcedureStepID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    PerformedProcedureStepDescription = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    FrameOfReferenceUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    NumberOfInstances = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    FirstReceivedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastReceivedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SourceAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C")
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    SeriesId = table.Column<long>(type: "bigint", nullable: false),
                    SOPInstanceUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    SOPClassUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    TransferSyntaxUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    InstanceNumber = table.Column<int>(type: "integer", nullable: true),
                    Rows = table.Column<int>(type: "integer", nullable: true),
                    Columns = table.Column<int>(type: "integer", nullable: true),
                    NumberOfFrames = table.Column<int>(type: "integer", nullable: true),
                    BitsAllocated = table.Column<int>(type: "integer", nullable: true),
                    PhotometricInterpretation = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    ImageType = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    ContentDate = table.Column<DateOnly>(type: "date", nullable: true),
                    ContentTime = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    AcquisitionDate = table.Column<DateOnly>(type: "date", nullable: true),
                    AcquisitionTime = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    AcquisitionNumber = table.Column<int>(type: "integer", nullable: true),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    StoragePath = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    ReceivedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SourceAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    SourceAddress = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    TimesReceived = table.Column<int>(type: "integer", nullable: false)
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
