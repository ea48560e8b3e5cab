using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noctis.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Studies_FacilityId_StudyInstanceUID",
                table: "Studies");

            migrationBuilder.AddColumn<DateTime>(
                name: "CompletedUtc",
                table: "Studies",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsPinned",
                table: "Studies",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "TrashId",
                table: "Studies",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "ContentHash",
                table: "Instances",
                type: "varbinary(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TrashBytes",
                table: "FacilityUsage",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "TrashStudies",
                table: "FacilityUsage",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "VersionBytes",
                table: "FacilityUsage",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "FileRemovals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StoragePath = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false, collation: "Latin1_General_BIN2"),
                    SinceUtc = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FileRemovals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FileRemovals_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "InstanceFaults",
                columns: table => new
                {
                    InstanceId = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StudyId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    StoragePath = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false, collation: "Latin1_General_BIN2"),
                    FoundUtc = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InstanceFaults", x => x.InstanceId);
                    table.ForeignKey(
                        name: "FK_InstanceFaults_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "InstanceVersions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StudyId = table.Column<long>(type: "bigint", nullable: false),
                    InstanceId = table.Column<long>(type: "bigint", nullable: false),
                    ReceivedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SourceAETitle = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_BIN2"),
                    SourceAddress = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    TransferSyntaxUID = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    ContentHash = table.Column<byte[]>(type: "varbinary(16)", maxLength: 16, nullable: true),
                    StoragePath = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true, collation: "Latin1_General_BIN2"),
                    Outcome = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InstanceVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InstanceVersions_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "JobCursors",
                columns: table => new
                {
                    Job = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    Value = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_BIN2"),
                    UpdatedUtc = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobCursors", x => x.Job);
                });

            migrationBuilder.CreateTable(
                name: "JobRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Job = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    StartedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    FinishedUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Outcome = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Result = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_BIN2"),
                    Node = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_BIN2"),
                    Cause = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    RequestedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StorageDays",
                columns: table => new
                {
                    FacilityId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Modality = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_BIN2"),
                    Studies = table.Column<long>(type: "bigint", nullable: false),
                    Instances = table.Column<long>(type: "bigint", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StorageDays", x => new { x.FacilityId, x.Day, x.Modality });
                    table.ForeignKey(
                        name: "FK_StorageDays_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StorageSettings",
                columns: table => new
                {
                    FacilityId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Layout = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    FileNaming = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    DuplicatePolicy = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    QuotaBytes = table.Column<long>(type: "bigint", nullable: true),
                    WarnPercent = table.Column<int>(type: "int", nullable: false),
                    CleanUp = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    RetentionDays = table.Column<int>(type: "int", nullable: true),
                    TrashDays = table.Column<int>(type: "int", nullable: false),
                    NextSequence = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StorageSettings", x => x.FacilityId);
                    table.ForeignKey(
                        name: "FK_StorageSettings_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrashedStudies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StudyId = table.Column<long>(type: "bigint", nullable: false),
                    Series = table.Column<int>(type: "int", nullable: false),
                    Instances = table.Column<int>(type: "int", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    DeletedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    PurgeUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ActorKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    ActorId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    ActorName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    Reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_BIN2"),
                    Cause = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrashedStudies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TrashedStudies_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_CompletedUtc_LastReceivedUtc",
                table: "Studies",
                columns: new[] { "FacilityId", "CompletedUtc", "LastReceivedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_StudyInstanceUID_TrashId",
                table: "Studies",
                columns: new[] { "FacilityId", "StudyInstanceUID", "TrashId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FileRemovals_FacilityId",
                table: "FileRemovals",
                column: "FacilityId");

            migrationBuilder.CreateIndex(
                name: "IX_InstanceFaults_FacilityId_StudyId",
                table: "InstanceFaults",
                columns: new[] { "FacilityId", "StudyId" });

            migrationBuilder.CreateIndex(
                name: "IX_InstanceVersions_FacilityId_InstanceId",
                table: "InstanceVersions",
                columns: new[] { "FacilityId", "InstanceId" });

            migrationBuilder.CreateIndex(
                name: "IX_InstanceVersions_FacilityId_StudyId",
                table: "InstanceVersions",
                columns: new[] { "FacilityId", "StudyId" });

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_Job_Id",
                table: "JobRuns",
                columns: new[] { "Job", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_TrashedStudies_FacilityId_PurgeUtc",
                table: "TrashedStudies",
                columns: new[] { "FacilityId", "PurgeUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_TrashedStudies_FacilityId_StudyId",
                table: "TrashedStudies",
                columns: new[] { "FacilityId", "StudyId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FileRemovals");

            migrationBuilder.DropTable(
                name: "InstanceFaults");

            migrationBuilder.DropTable(
                name: "InstanceVersions");

            migrationBuilder.DropTable(
                name: "JobCursors");

            migrationBuilder.DropTable(
                name: "JobRuns");

            migrationBuilder.DropTable(
                name: "StorageDays");

            migrationBuilder.DropTable(
                name: "StorageSettings");

            migrationBuilder.DropTable(
                name: "TrashedStudies");

            migrationBuilder.DropIndex(
                name: "IX_Studies_FacilityId_CompletedUtc_LastReceivedUtc",
                table: "Studies");

            migrationBuilder.DropIndex(
                name: "IX_Studies_FacilityId_StudyInstanceUID_TrashId",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "CompletedUtc",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "IsPinned",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "TrashId",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "ContentHash",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "TrashBytes",
                table: "FacilityUsage");

            migrationBuilder.DropColumn(
                name: "TrashStudies",
                table: "FacilityUsage");

            migrationBuilder.DropColumn(
                name: "VersionBytes",
                table: "FacilityUsage");

            migrationBuilder.CreateIndex(
                name: "IX_Studies_FacilityId_StudyInstanceUID",
                table: "Studies",
                columns: new[] { "FacilityId", "StudyInstanceUID" },
                unique: true);
        }
    }
}
