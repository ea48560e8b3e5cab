using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noctis.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Journal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_JournalEntries_FacilityId_Outcome_TimeUtc",
                table: "JournalEntries");

            migrationBuilder.AddColumn<long>(
                name: "AssociationId",
                table: "JournalEntries",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Details",
                table: "JournalEntries",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "SOPClassUID",
                table: "JournalEntries",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "SOPInstanceUID",
                table: "JournalEntries",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "TransferSyntaxUID",
                table: "JournalEntries",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Details",
                table: "FrontDoorEntries",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "DeviceDays",
                columns: table => new
                {
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    DeviceId = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Associations = table.Column<int>(type: "integer", nullable: false),
                    Images = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeviceDays", x => new { x.FacilityId, x.DeviceId, x.Day });
                    table.ForeignKey(
                        name: "FK_DeviceDays_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrafficHours",
                columns: table => new
                {
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    StartUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Associations = table.Column<int>(type: "integer", nullable: false),
                    Refusals = table.Column<int>(type: "integer", nullable: false),
                    Images = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    StoreMs = table.Column<long>(type: "bigint", nullable: false),
                    PeakAssociations = table.Column<int>(type: "integer", nullable: false),
                    Errors = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficHours", x => new { x.FacilityId, x.StartUtc });
                    table.ForeignKey(
                        name: "FK_TrafficHours_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrafficMinutes",
                columns: table => new
                {
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    StartUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Associations = table.Column<int>(type: "integer", nullable: false),
                    Refusals = table.Column<int>(type: "integer", nullable: false),
                    Images = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    StoreMs = table.Column<long>(type: "bigint", nullable: false),
                    PeakAssociations = table.Column<int>(type: "integer", nullable: false),
                    Errors = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficMinutes", x => new { x.FacilityId, x.StartUtc });
                    table.ForeignKey(
                        name: "FK_TrafficMinutes_Facilities_FacilityId",
                        column: x => x.FacilityId,
                        principalTable: "Facilities",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_FacilityId_Kind_Id",
                table: "JournalEntries",
                columns: new[] { "FacilityId", "Kind", "Id" },
                filter: "\"Kind\" <> 'Store'");

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_FacilityId_Outcome_Id",
                table: "JournalEntries",
                columns: new[] { "FacilityId", "Outcome", "Id" },
                filter: "\"Outcome\" <> 'Completed'");

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_Kind_Id",
                table: "JournalEntries",
                columns: new[] { "Kind", "Id" },
                filter: "\"Kind\" <> 'Store'");

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_Outcome_Id",
                table: "JournalEntries",
                columns: new[] { "Outcome", "Id" },
                filter: "\"Outcome\" <> 'Completed'");

            migrationBuilder.CreateIndex(
                name: "IX_DeviceDays_Day",
                table: "DeviceDays",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_TrafficHours_StartUtc",
                table: "TrafficHours",
                column: "StartUtc");

            migrationBuilder.CreateIndex(
                name: "IX_TrafficMinutes_StartUtc",
                table: "TrafficMinutes",
                column: "StartUtc");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DeviceDays");

            migrationBuilder.DropTable(
                name: "TrafficHours");

            migrationBuilder.DropTable(
                name: "TrafficMinutes");

            migrationBuilder.DropIndex(
                name: "IX_JournalEntries_FacilityId_Kind_Id",
                table: "JournalEntries");

            migrationBuilder.DropIndex(
                name: "IX_JournalEntries_FacilityId_Outcome_Id",
                table: "JournalEntries");

            migrationBuilder.DropIndex(
                name: "IX_JournalEntries_Kind_Id",
                table: "JournalEntries");

            migrationBuilder.DropIndex(
                name: "IX_JournalEntries_Outcome_Id",
                table: "JournalEntries");

            migrationBuilder.DropColumn(
                name: "AssociationId",
                table: "JournalEntries");

            migrationBuilder.DropColumn(
                name: "Details",
                table: "JournalEntries");

            migrationBuilder.DropColumn(
                name: "SOPClassUID",
                table: "JournalEntries");

            migrationBuilder.DropColumn(
                name: "SOPInstanceUID",
                table: "JournalEntries");

            migrationBuilder.DropColumn(
                name: "TransferSyntaxUID",
                table: "JournalEntries");

            migrationBuilder.DropColumn(
                name: "Details",
                table: "FrontDoorEntries");

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_FacilityId_Outcome_TimeUtc",
                table: "JournalEntries",
                columns: new[] { "FacilityId", "Outcome", "TimeUtc" });
        }
    }
}
