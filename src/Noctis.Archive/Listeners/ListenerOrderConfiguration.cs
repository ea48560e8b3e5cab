using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noctis.Archive.Listeners;

internal sealed class ListenerOrderConfiguration : IEntityTypeConfiguration<ListenerOrder>
{
    public void Configure(EntityTypeBuilder<ListenerOrder> builder)
    {
        builder.ToTable("ListenerOrders");
        builder.HasKey(order => order.FacilityId);
        builder.Property(order => order.FacilityId).ValueGeneratedNever();
        builder.Property(order => order.Number).IsConcurrencyToken();
        builder.Property(order => order.ActorName).HasMaxLength(ListenerOrder.ActorNameLength);
    }
}
