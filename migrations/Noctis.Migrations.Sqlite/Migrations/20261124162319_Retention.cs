using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noctis.Migrations.Sqlite.Migrations
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsPinned",
                table: "Studies",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "TrashId",
                table: "Studies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "ContentHash",
                table: "Instances",
                type: "BLOB",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TrashBytes",
                table: "FacilityUsage",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "TrashStudies",
                table: "FacilityUsage",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "VersionBytes",
                table: "FacilityUsage",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "FileRemovals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StoragePath = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    SinceUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    InstanceId = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StudyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    StoragePath = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    FoundUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StudyId = table.Column<long>(type: "INTEGER", nullable: false),
                    InstanceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ReceivedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SourceAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    SourceAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TransferSyntaxUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    ContentHash = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    StoragePath = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
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
                    Job = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    UpdatedUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobCursors", x => x.Job);
                });

            migrationBuilder.CreateTable(
                name: "JobRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Job = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StartedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    FinishedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Node = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StorageDays",
                columns: table => new
                {
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Modality = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Studies = table.Column<long>(type: "INTEGER", nullable: false),
                    Instances = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false)
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
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Layout = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    FileNaming = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DuplicatePolicy = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    QuotaBytes = table.Column<long>(type: "INTEGER", nullable: true),
                    WarnPercent = table.Column<int>(type: "INTEGER", nullable: false),
                    CleanUp = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    RetentionDays = table.Column<int>(type: "INTEGER", nullable: true),
                    TrashDays = table.Column<int>(type: "INTEGER", nullable: false),
                    NextSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StudyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Series = table.Column<int>(type: "INTEGER", nullable: false),
                    Instances = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    DeletedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PurgeUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ActorKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
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
