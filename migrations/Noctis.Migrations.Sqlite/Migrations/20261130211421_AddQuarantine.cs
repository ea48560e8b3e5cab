using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noctis.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddQuarantine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "QuarantinedInstances",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ReceivedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CallingAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    CalledAETitle = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    RemoteAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StudyInstanceUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SeriesInstanceUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SOPClassUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SOPInstanceUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TransferSyntaxUID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PatientName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PatientID = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    StudyDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    StudyDescription = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Modality = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    ContentHash = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    StoragePath = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuarantinedInstances", x => x.Id);
                    table.ForeignKey(
                        name: "FK_QuarantinedInstances_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "QuarantineUsage",
                columns: table => new
                {
                    FacilityId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Instances = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuarantineUsage", x => x.FacilityId);
                    table.ForeignKey(
                        name: "FK_QuarantineUsage_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_QuarantinedInstances_FacilityId_CallingAETitle_RemoteAddress_StudyInstanceUID",
                table: "QuarantinedInstances",
                columns: new[] { "FacilityId", "CallingAETitle", "RemoteAddress", "StudyInstanceUID" });

            migrationBuilder.CreateIndex(
                name: "IX_QuarantinedInstances_FacilityId_ReceivedUtc",
                table: "QuarantinedInstances",
                columns: new[] { "FacilityId", "ReceivedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_QuarantinedInstances_FacilityId_SOPInstanceUID",
                table: "QuarantinedInstances",
                columns: new[] { "FacilityId", "SOPInstanceUID" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "QuarantinedInstances");

            migrationBuilder.DropTable(
                name: "QuarantineUsage");
        }
    }
}
