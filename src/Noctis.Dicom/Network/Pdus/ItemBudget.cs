namespace Noctis.Dicom.Network.Pdus;

/// <summary>Counts the items of one PDU against <see cref="PduLimits.MaxItems"/>.</summary>
internal sealed class ItemBudget(PduLimits limits)
{
    private int _spent;

    public void Spend()
    {
        if (++_spent > limits.MaxItems)
            throw new PduException(AbortReason.InvalidPduParameterValue, $"An associate PDU holds more than {limits.MaxItems} items.");
    }
}
