using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noctis.Migrations.PostgreSql.Migrations
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    ReceivedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CallingAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    CalledAETitle = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    RemoteAddress = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    StudyInstanceUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    SeriesInstanceUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    SOPClassUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    SOPInstanceUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    TransferSyntaxUID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    PatientName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    PatientID = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    StudyDate = table.Column<DateOnly>(type: "date", nullable: true),
                    StudyDescription = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    Modality = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    ContentHash = table.Column<byte[]>(type: "bytea", maxLength: 16, nullable: false),
                    StoragePath = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C")
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
                    FacilityId = table.Column<Guid>(type: "uuid", nullable: false),
                    Instances = table.Column<long>(type: "bigint", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false)
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
                name: "IX_QuarantinedInstances_FacilityId_CallingAETitle_RemoteAddres~",
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
